{
	"variables": {
		"warnings": ["-Wall", "-Wextra", "-Werror"]
	},
	"target_defaults": {
		"include_dirs": ["native"],
		"cflags_cc": ["-std=c++20", "-O2", "<@(warnings)"],
		"cflags_cc!": ["-std=gnu++17", "-std=gnu++20", "-fno-omit-frame-pointer"]
	},
	"targets": [
		{
			"target_name": "os-process-launcher",
			"type": "executable",
			"sources": [
				"native/launcher/guard.cpp",
				"native/launcher/job_setup.cpp",
				"native/launcher/main.cpp"
			],
			"cflags_cc": [
				"-ffreestanding",
				"-fno-exceptions",
				"-fno-rtti",
				"-fno-pie",
				"-fno-stack-protector",
				"-fno-asynchronous-unwind-tables"
			],
			"ldflags!": ["-rdynamic", "-pthread"],
			"ldflags": ["-static", "-nostdlib", "-nostartfiles", "-no-pie", "-Wl,--build-id=none"],
			"libraries!": ["-lm"]
		},
		{
			"target_name": "os_process_tracker",
			"dependencies": ["os-process-launcher"],
			"sources": [
				"native/addon/addon.cpp",
				"native/addon/engine_object.cpp",
				"native/addon/event_encoding.cpp",
				"native/addon/procfs_functions.cpp",
				"native/addon/request_reader.cpp",
				"native/engine/current_umask.cpp",
				"native/engine/descriptor_limit.cpp",
				"native/engine/engine.cpp",
				"native/engine/engine_control.cpp",
				"native/engine/engine_dispatch.cpp",
				"native/engine/engine_loop.cpp",
				"native/engine/group_signal.cpp",
				"native/engine/guard_table.cpp",
				"native/engine/job_line.cpp",
				"native/engine/launch_pattern.cpp",
				"native/engine/launcher_link.cpp",
				"native/engine/launcher_process.cpp",
				"native/engine/pidfd.cpp",
				"native/engine/reaper.cpp",
				"native/engine/shared_memory.cpp",
				"native/engine/stop_watcher.cpp",
				"native/engine/task_line.cpp",
				"native/engine/task_set.cpp",
				"native/engine/thread.cpp",
				"native/engine/wait_queue.cpp",
				"native/procfs/cgroup_limits.cpp",
				"native/procfs/cpu_list.cpp",
				"native/procfs/machine_reader.cpp",
				"native/procfs/mount_table.cpp",
				"native/procfs/process_reader.cpp",
				"native/procfs/process_stat.cpp",
				"native/procfs/process_status.cpp",
				"native/procfs/process_table.cpp",
				"native/procfs/read_file.cpp",
				"native/procfs/topology.cpp",
				"native/procfs/user_name.cpp"
			],
			"include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
			"defines": ["NAPI_VERSION=9", "NAPI_DISABLE_CPP_EXCEPTIONS", "NODE_ADDON_API_DISABLE_DEPRECATED", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"],
			"ldflags": ["-Wl,-z,nodelete"]
		}
	]
}
