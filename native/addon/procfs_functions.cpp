// SPDX-License-Identifier: MIT

#include "addon/procfs_functions.h"

#include <uv.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/arguments.h"
#include "addon/name_list.h"
#include "procfs/machine_reader.h"
#include "procfs/process_table.h"

namespace ospt {
namespace {

// Makes values by plain Node-API: while a worker thread is being terminated every call may fail, and the C++
// wrapper would answer that with an exception, which fails too and ends the process. After a failure nothing
// more is made.
class Maker {
  public:
	explicit Maker(napi_env env) : env_(env) {}

	bool good() const { return good_; }
	void expect(napi_status status) { good_ = good_ && status == napi_ok; }

	napi_value object() {
		napi_value value = nullptr;
		if (good_) expect(napi_create_object(env_, &value));
		return value;
	}
	napi_value number(double number) {
		napi_value value = nullptr;
		if (good_) expect(napi_create_double(env_, number, &value));
		return value;
	}
	napi_value boolean(bool flag) {
		napi_value value = nullptr;
		if (good_) expect(napi_get_boolean(env_, flag, &value));
		return value;
	}
	napi_value text(std::string_view text) {
		napi_value value = nullptr;
		if (good_) expect(napi_create_string_utf8(env_, text.data(), text.size(), &value));
		return value;
	}
	template <typename Item, typename Make>
	napi_value list(const std::vector<Item>& items, Make make) {
		napi_value value = nullptr;
		if (good_) expect(napi_create_array_with_length(env_, items.size(), &value));
		for (std::uint32_t i = 0; i < items.size() && good_; ++i) {
			const napi_value item = make(items[i]);
			if (good_) expect(napi_set_element(env_, value, i, item));
		}
		return value;
	}
	napi_value typed(napi_typedarray_type type, const void* data, std::size_t count, std::size_t item_bytes) {
		void* memory = nullptr;
		napi_value buffer = nullptr;
		napi_value value = nullptr;
		if (good_) expect(napi_create_arraybuffer(env_, count * item_bytes, &memory, &buffer));
		if (good_ && count > 0) std::memcpy(memory, data, count * item_bytes);
		if (good_) expect(napi_create_typedarray(env_, type, count, buffer, 0, &value));
		return value;
	}
	void set(napi_value object, const char* name, napi_value value) {
		if (good_) expect(napi_set_named_property(env_, object, name, value));
	}

	// What is not known is not set.
	template <typename Number>
	void set_number(napi_value object, const char* name, const std::optional<Number>& value) {
		if (value) set(object, name, number(static_cast<double>(*value)));
	}

  private:
	napi_env env_;
	bool good_ = true;
};

napi_value system_error(Maker& make, napi_env env, const SystemError& error) {
	const std::string code = uv_err_name(-error.error);
	const std::string message = std::string(error.call) + ": " + code;
	napi_value value = nullptr;
	const napi_value message_value = make.text(message);
	if (make.good()) make.expect(napi_create_error(env, nullptr, message_value, &value));
	make.set(value, "code", make.text(code));
	make.set(value, "errno", make.number(-error.error));
	make.set(value, "syscall", make.text(error.call));
	return value;
}

// One call: its work is done on a thread of the pool, its answer is given on the thread of its env.
class Reading {
  public:
	virtual ~Reading() = default;

	// Gives the promise, or throws and gives nothing.
	static napi_value start(napi_env env, std::unique_ptr<Reading> reading) {
		napi_value promise = nullptr;
		napi_value name = nullptr;
		Maker make(env);
		make.expect(napi_create_promise(env, &reading->deferred_, &promise));
		if (make.good()) name = make.text("os-process-tracker.procfs");
		if (make.good()) {
			make.expect(napi_create_async_work(env, nullptr, name, execute, complete, reading.get(),
											   &reading->work_));
		}
		if (make.good()) make.expect(napi_queue_async_work(env, reading->work_));
		if (!make.good()) {
			napi_throw_error(env, nullptr, "the reading could not be started");
			return nullptr;
		}
		// From here on it belongs to its work: complete() takes it back, and is always called.
		static_cast<void>(reading.release());
		return promise;
	}

  private:
	virtual SystemError read() = 0;
	virtual napi_value answer(Maker& make) = 0;

	static void execute(napi_env, void* data) {
		auto* reading = static_cast<Reading*>(data);
		reading->error_ = reading->read();
	}

	static void complete(napi_env env, napi_status status, void* data) {
		const std::unique_ptr<Reading> reading(static_cast<Reading*>(data));
		napi_delete_async_work(env, reading->work_);
		if (status != napi_ok) return;
		Maker make(env);
		const bool failed = static_cast<bool>(reading->error_);
		const napi_value value = failed ? system_error(make, env, reading->error_) : reading->answer(make);
		// The env is ending: nobody waits for it any more.
		if (!make.good()) return;
		if (failed)
			napi_reject_deferred(env, reading->deferred_, value);
		else
			napi_resolve_deferred(env, reading->deferred_, value);
	}

	napi_async_work work_ = nullptr;
	napi_deferred deferred_ = nullptr;
	SystemError error_{};
};

class ProcessesReading : public Reading {
  public:
	ProcessesReading(std::string root, ProcessSelection selection, ProcessParts parts)
		: root_(std::move(root)), selection_(std::move(selection)), parts_(parts) {}

  private:
	SystemError read() override { return read_processes(root_, selection_, parts_, table_); }

	napi_value answer(Maker& make) override {
		const auto text = [&make](const std::string& item) { return make.text(item); };
		const napi_value object = make.object();
		make.set(
			object, "numbers",
			make.typed(napi_float64_array, table_.numbers.data(), table_.numbers.size(), sizeof(double)));
		make.set(object, "text", make.typed(napi_uint8_array, table_.text.data(), table_.text.size(), 1));
		make.set(object, "processors", make.list(table_.processors, text));
		make.set(object, "uids", make.list(table_.uids, [&make](uid_t uid) { return make.number(uid); }));
		make.set(object, "users", make.list(table_.users, text));
		make.set(object, "realtimeAhead", make.number(table_.realtime_ahead));
		return object;
	}

	std::string root_;
	ProcessSelection selection_;
	ProcessParts parts_;
	ProcessTable table_;
};

class MachineReading : public Reading {
  public:
	explicit MachineReading(std::string root) : root_(std::move(root)) {}

  private:
	SystemError read() override { return read_machine(root_, machine_); }

	napi_value answer(Maker& make) override {
		const napi_value object = make.object();
		make.set(object, "name", make.text(machine_.name));
		make.set(object, "architecture", make.text(machine_.architecture));
		make.set(object, "kernelRelease", make.text(machine_.kernel_release));
		if (!machine_.os_name.empty()) make.set(object, "osName", make.text(machine_.os_name));
		make.set_number(object, "sockets", machine_.topology.sockets);
		make.set_number(object, "coresPerSocket", machine_.topology.cores_per_socket);
		make.set_number(object, "threadsPerCore", machine_.topology.threads_per_core);
		make.set(object, "processors", make.text(spell_out(machine_.topology.online)));
		if (machine_.load) {
			const std::vector<double> load(machine_.load->begin(), machine_.load->end());
			make.set(object, "load",
					 make.list(load, [&make](double average) { return make.number(average); }));
		}
		make.set_number(object, "uptime", machine_.uptime_seconds);
		make.set_number(object, "memory", machine_.memory_kb);
		make.set_number(object, "availableMemory", machine_.available_memory_kb);
		make.set_number(object, "swap", machine_.swap_kb);
		make.set_number(object, "freeSwap", machine_.free_swap_kb);
		make.set(object, "limits", limits(make, machine_.limits));
		return object;
	}

	static napi_value limits(Maker& make, const CgroupLimits& limits) {
		const napi_value object = make.object();
		make.set(object, "version1", make.boolean(limits.version1));
		make.set(object, "version2", make.boolean(limits.version2));
		make.set_number(object, "memory", limits.memory_bytes);
		make.set_number(object, "swap", limits.swap_bytes);
		make.set_number(object, "processes", limits.processes);
		make.set_number(object, "cpus", limits.processors);
		if (limits.cpus) make.set(object, "processors", make.text(spell_out(*limits.cpus)));
		return object;
	}

	std::string root_;
	MachineFacts machine_;
};

// Larger than any command line that Linux lets a program have (execve(2): at most 6 MB).
constexpr double kLargestCommand = 8 << 20;

Napi::Value read_processes_function(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	std::string root = arguments.path(0);
	ProcessSelection selection;
	selection.kind = static_cast<ProcessSelection::Kind>(arguments.below(1, kSelectionNames.size()));
	selection.ids = arguments.ids(2);
	const std::uint32_t parts = arguments.below(3, 1 << kProcessPartNames.size());
	const std::uint32_t limit = arguments.below(4, kLargestCommand + 1);
	if (!arguments.good()) return {};
	return {info.Env(),
			Reading::start(info.Env(), std::make_unique<ProcessesReading>(
										   std::move(root), std::move(selection),
										   ProcessParts{(parts & 1) != 0, (parts & 2) != 0, (parts & 4) != 0,
														(parts & 8) != 0, limit}))};
}

Napi::Value read_machine_function(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	std::string root = arguments.path(0);
	if (!arguments.good()) return {};
	return {info.Env(), Reading::start(info.Env(), std::make_unique<MachineReading>(std::move(root)))};
}

}  // namespace

void define_procfs_functions(Napi::Env env, Napi::Object exports) {
	exports.Set("readProcesses", Napi::Function::New<read_processes_function>(env, "readProcesses"));
	exports.Set("readMachine", Napi::Function::New<read_machine_function>(env, "readMachine"));
	Napi::Object layout = Napi::Object::New(env);
	layout.Set("selections", name_list(env, kSelectionNames));
	layout.Set("parts", name_list(env, kProcessPartNames));
	layout.Set("columns", name_list(env, kProcessColumns));
	exports.Set("procfsLayout", layout);
}

}  // namespace ospt
