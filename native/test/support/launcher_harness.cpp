// SPDX-License-Identifier: MIT

#include "support/launcher_harness.h"

#include <poll.h>
#include <unistd.h>

#include "support/deadline.h"

namespace ospt::test {

LauncherHarness::LauncherHarness() {
	if (const auto error = link_.open()) throw std::runtime_error(std::string(error.call));
	if (const auto error = link_.ensure_launcher()) throw std::runtime_error(std::string(error.call));
}

LauncherLink::Launch LauncherHarness::send(const LaunchRequest& request, bool guarded) {
	LauncherLink::Launch launch;
	LaunchFailure failure;
	if (link_.begin(guarded, launch, failure) != LauncherLink::Step::Done ||
		link_.send(LaunchPattern(request), 0, launch, failure) != LauncherLink::Step::Done) {
		throw std::runtime_error("the request was not sent, errno " + std::to_string(failure.error));
	}
	return launch;
}

bool LauncherHarness::reported(const LauncherLink::Launch& launch) {
	pollfd ready{launch.report.get(), POLLIN, 0};
	return ::poll(&ready, 1, 0) > 0;
}

LauncherHarness::Outcome LauncherHarness::outcome(LauncherLink::Launch& launch) {
	require_eventually("a report", [&] { return reported(launch); });
	Outcome outcome;
	LaunchFailure failure;
	if (::read(launch.report.get(), &failure, sizeof failure) == sizeof failure) outcome.failure = failure;
	launch.report.reset();
	outcome.pid = link_.slot(launch.slot).pid.load();
	link_.free_slot(launch.slot);
	return outcome;
}

pid_t LauncherHarness::start(const LaunchRequest& request) {
	auto launch = send(request);
	const Outcome end = outcome(launch);
	if (end.pid > 0 && !end.failure) return end.pid;
	if (end.pid > 0) wait_for(end.pid);
	throw std::runtime_error("the launch failed at stage " +
							 std::to_string(end.failure ? static_cast<int>(end.failure->stage) : -1) +
							 ", errno " + std::to_string(end.failure ? end.failure->error : 0));
}

LaunchFailure LauncherHarness::failure_of(const LaunchRequest& request) {
	auto launch = send(request);
	const Outcome end = outcome(launch);
	if (end.pid > 0) wait_for(end.pid);
	if (!end.failure) throw std::runtime_error("the launch did not fail");
	return *end.failure;
}

}  // namespace ospt::test
