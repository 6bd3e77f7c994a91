// SPDX-License-Identifier: MIT

#include "engine/launch_request.h"

#include <cstring>

namespace ospt {
namespace {

std::uint64_t encoded_size(const LaunchRequest& request) {
	std::uint64_t size =
		sizeof(WireRequest) + sizeof(std::uint64_t) * (request.argv.size() + request.env.size() + 2);
	const auto add = [&size](const std::string& text) { size += text.size() + 1; };
	add(request.path);
	add(request.search_path);
	add(request.working_directory);
	for (const auto& stream : request.streams) add(stream.path);
	for (const auto& argument : request.argv) add(argument);
	for (const auto& variable : request.env) add(variable);
	return size;
}

class Encoder {
  public:
	Encoder(std::vector<char>& out, std::uint64_t tables_end)
		: out_(out), table_at_(sizeof(WireRequest)), text_at_(tables_end) {}

	std::uint32_t text(const std::string& value) {
		const std::uint64_t at = text_at_;
		std::memcpy(out_.data() + at, value.c_str(), value.size() + 1);
		text_at_ += value.size() + 1;
		return static_cast<std::uint32_t>(at);
	}

	std::uint32_t table(const std::vector<std::string>& values) {
		const std::uint64_t at = table_at_;
		for (const auto& value : values) put_entry(text(value));
		put_entry(0);
		return static_cast<std::uint32_t>(at);
	}

  private:
	void put_entry(std::uint64_t offset) {
		std::memcpy(out_.data() + table_at_, &offset, sizeof offset);
		table_at_ += sizeof offset;
	}

	std::vector<char>& out_;
	std::uint64_t table_at_;
	std::uint64_t text_at_;
};

}  // namespace

bool encode_launch_request(const LaunchRequest& request, std::uint32_t slot, std::vector<char>& out) {
	const std::uint64_t size = encoded_size(request);
	if (size > UINT32_MAX) return false;
	out.resize(size);

	const std::uint64_t tables = sizeof(std::uint64_t) * (request.argv.size() + request.env.size() + 2);
	Encoder encoder(out, sizeof(WireRequest) + tables);
	WireRequest header{};
	header.magic = kWireMagic;
	header.size = static_cast<std::uint32_t>(size);
	header.slot = slot;
	header.umask = request.umask;
	header.path = encoder.text(request.path);
	header.search_path = request.search_path.empty() ? 0 : encoder.text(request.search_path);
	header.working_directory = encoder.text(request.working_directory);
	header.argc = static_cast<std::uint32_t>(request.argv.size());
	header.argv = encoder.table(request.argv);
	header.envc = static_cast<std::uint32_t>(request.env.size());
	header.envp = encoder.table(request.env);
	for (int i = 0; i < 3; ++i) {
		const LaunchStream& stream = request.streams[i];
		header.streams[i].kind = stream.kind;
		header.streams[i].value =
			stream.kind == StreamKind::File ? encoder.text(stream.path) : stream.descriptor;
	}
	std::memcpy(out.data(), &header, sizeof header);
	return true;
}

}  // namespace ospt
