// SPDX-License-Identifier: MIT

#include "addon/event_encoding.h"

#include <sys/wait.h>

namespace ospt {
namespace {

using Fields = std::string_view;

constexpr std::size_t kHeaderFields = 5;
constexpr Fields kQueued[] = {"held", "last"};
constexpr Fields kDispatched[] = {"pid", "dispatchTime", "dispatchMonotonic"};
constexpr Fields kLaunchFailed[] = {"stage", "errno"};
constexpr Fields kStopped[] = {"signal"};
constexpr Fields kEnded[] = {"pid",
							 "statusKnown",
							 "usageKnown",
							 "exitStatus",
							 "signal",
							 "coreDumped",
							 "finishTime",
							 "wallclockTime",
							 "userCPUTime",
							 "systemCPUTime",
							 "maxRSS",
							 "sharedMemorySize",
							 "unsharedDataSize",
							 "unsharedStackSize",
							 "minorPageFault",
							 "majorPageFault",
							 "swappedOut",
							 "fsRead",
							 "fsWrite",
							 "ipcSent",
							 "ipcReceived",
							 "signalsCount",
							 "voluntaryContextSwitches",
							 "involuntaryContextSwitches",
							 "terminated"};
constexpr Fields kCancelled[] = {"last"};
constexpr Fields kControlDone[] = {"token", "result"};
constexpr Fields kRefused[] = {"token", "result", "last"};

double milliseconds(std::int64_t ns) {
	return static_cast<double>(ns) / 1e6;
}

double microseconds(const timeval& time) {
	return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

class Encoder {
  public:
	explicit Encoder(std::size_t events) { numbers_.reserve(events * (kHeaderFields + std::size(kEnded))); }

	void event(const Event& event) {
		put(static_cast<double>(event.what.index()), static_cast<double>(event.key.queue),
			static_cast<double>(event.key.job), static_cast<double>(event.key.task),
			milliseconds(event.realtime_ns));
		std::visit(*this, event.what);
	}

	void operator()(const Queued& queued) { put(queued.held ? 1.0 : 0.0, static_cast<double>(queued.last)); }
	void operator()(const Dispatched& dispatched) {
		put(static_cast<double>(dispatched.pid), milliseconds(dispatched.dispatched_realtime_ns),
			milliseconds(dispatched.dispatched_ns));
	}
	void operator()(const LaunchFailed& failed) {
		put(static_cast<double>(failed.failure.stage), static_cast<double>(failed.failure.error));
	}
	void operator()(const Stopped& stopped) { put(static_cast<double>(stopped.signal)); }
	void operator()(const Continued&) {}
	void operator()(const Ended& ended) {
		const ExitRecord& record = ended.record;
		const bool exited = WIFEXITED(record.status);
		const bool signaled = WIFSIGNALED(record.status);
		put(static_cast<double>(record.pid), record.status_known ? 1.0 : 0.0, record.usage_known ? 1.0 : 0.0,
			exited ? static_cast<double>(WEXITSTATUS(record.status)) : -1.0,
			signaled ? static_cast<double>(WTERMSIG(record.status)) : 0.0,
			signaled && WCOREDUMP(record.status) ? 1.0 : 0.0, milliseconds(record.finished_realtime_ns),
			milliseconds(record.finished_ns - record.dispatched_ns));
		const rusage& usage = record.usage;
		put(microseconds(usage.ru_utime), microseconds(usage.ru_stime));
		for (const long value :
			 {usage.ru_maxrss, usage.ru_ixrss, usage.ru_idrss, usage.ru_isrss, usage.ru_minflt,
			  usage.ru_majflt, usage.ru_nswap, usage.ru_inblock, usage.ru_oublock, usage.ru_msgsnd,
			  usage.ru_msgrcv, usage.ru_nsignals, usage.ru_nvcsw, usage.ru_nivcsw}) {
			put(static_cast<double>(value));
		}
		put(ended.terminated ? 1.0 : 0.0);
	}
	void operator()(const Cancelled& cancelled) { put(static_cast<double>(cancelled.last)); }
	void operator()(const ControlDone& done) {
		put(static_cast<double>(done.token), static_cast<double>(done.result));
	}
	void operator()(const Refused& refused) {
		put(static_cast<double>(refused.token), static_cast<double>(refused.result),
			static_cast<double>(refused.last));
	}

	std::vector<double> take() { return std::move(numbers_); }

  private:
	template <typename... Number>
	void put(Number... numbers) {
		(numbers_.push_back(numbers), ...);
	}

	std::vector<double> numbers_;
};

}  // namespace

const std::array<EventKindLayout, 9> kEventLayout = {{{"queued", kQueued},
													  {"dispatched", kDispatched},
													  {"launchFailed", kLaunchFailed},
													  {"stopped", kStopped},
													  {"continued", {}},
													  {"ended", kEnded},
													  {"cancelled", kCancelled},
													  {"controlDone", kControlDone},
													  {"refused", kRefused}}};
static_assert(std::variant_size_v<decltype(Event::what)> == kEventLayout.size());

const std::array<std::string_view, 12> kLaunchStageNames = {"none",      "launcher", "request",       "clone",
															"cancelled", "setpgid",  "chdir",         "stdin",
															"stdout",    "stderr",   "inputIsOutput", "exec"};
const std::array<std::string_view, 6> kControlActionNames = {"suspend", "resume",    "hold",
															 "release", "terminate", "withdraw"};
const std::array<std::string_view, 5> kControlResultNames = {"done", "wrongState", "noSuchJob", "starting",
															 "notPermitted"};

std::vector<double> encode_events(std::span<const Event> events) {
	Encoder encoder(events.size());
	for (const Event& event : events) encoder.event(event);
	return encoder.take();
}

}  // namespace ospt
