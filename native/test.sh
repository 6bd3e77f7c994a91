#!/usr/bin/env bash
# Builds and runs the C++ tests: native/test.sh plain|address|thread ... (default: plain)
# Build trees stay in build-dev/<flavour>.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cmake >/dev/null; then
	echo "native/test.sh: cmake is missing: apt-get install cmake libgtest-dev" >&2
	exit 1
fi
if [ ! -x node_modules/.bin/cmake-js ]; then
	echo "native/test.sh: cmake-js is missing: npm install" >&2
	exit 1
fi
# cmake-js downloads the headers of Node unless it is told where they are.
if [ -z "${npm_config_nodedir:-}" ] && [ -f /usr/include/node/node_api.h ]; then
	export npm_config_nodedir=/usr
fi

[ $# -gt 0 ] || set -- plain
for flavour in "$@"; do
	case $flavour in
		plain) sanitizer= ;;
		address | thread) sanitizer=$flavour ;;
		*)
			echo "native/test.sh: no flavour '$flavour'; there are plain, address and thread" >&2
			exit 2
			;;
	esac
	tree=build-dev/$flavour
	# "build" configures first where that is needed.
	npx --no-install cmake-js build --log-level warn --out "$tree" --config RelWithDebInfo --parallel 2 \
		--CD "OSPT_SANITIZE=$sanitizer"
	(cd "$tree" && ctest --output-on-failure --parallel 2 --no-tests=error)
	echo "native tests, $flavour: passed"
done
