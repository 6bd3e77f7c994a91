#!/usr/bin/env bash
# Checks the form (clang-format) and the sense (clang-tidy) of the C++ code. Changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in clang-format clang-tidy cmake; do
	if ! command -v "$tool" >/dev/null; then
		echo "native/lint.sh: $tool is missing: apt-get install clang-format clang-tidy cmake libgtest-dev" >&2
		exit 1
	fi
done

native/format.sh --check

# For compile_commands.json; nothing is compiled.
tree=build-dev/lint
cmake -S . -B "$tree" -DCMAKE_BUILD_TYPE=RelWithDebInfo >/dev/null
find native -name '*.cpp' -print0 | xargs -0 -n 2 -P 2 clang-tidy --quiet -p "$tree"
echo "native lint: passed"
