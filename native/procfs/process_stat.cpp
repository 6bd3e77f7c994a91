// SPDX-License-Identifier: MIT

#include "procfs/process_stat.h"

#include "procfs/text.h"

namespace ospt {
namespace {

constexpr std::uint64_t kKernelThreadFlag = 0x00200000;  // PF_KTHREAD of the kernel

// Reads fields one after the other; the first that is not there or is no number spoils all.
class Fields {
  public:
	explicit Fields(std::string_view text) : rest_(text) {}

	template <typename Number>
	void next(Number& number) {
		const auto value = to_number<Number>(take_field(rest_));
		good_ = good_ && value.has_value();
		number = value.value_or(Number{});
	}
	void next_letter(char& letter) {
		const std::string_view field = take_field(rest_);
		good_ = good_ && field.size() == 1;
		letter = good_ ? field[0] : '?';
	}
	void skip(int count) {
		for (; count > 0; --count) good_ = good_ && !take_field(rest_).empty();
	}
	bool good() const { return good_; }

  private:
	std::string_view rest_;
	bool good_ = true;
};

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
	const std::size_t name_begin = text.find('(');
	const std::size_t name_end = text.rfind(')');
	if (name_begin == std::string_view::npos || name_end == std::string_view::npos || name_end < name_begin) {
		return std::nullopt;
	}
	ProcessStat stat;
	stat.name = text.substr(name_begin + 1, name_end - name_begin - 1);
	Fields before(text.substr(0, name_begin));
	before.next(stat.pid);

	Fields fields(text.substr(name_end + 1));
	std::uint64_t flags = 0;
	fields.next_letter(stat.state);
	fields.next(stat.parent);
	fields.next(stat.group);
	fields.next(stat.session);
	fields.skip(2);  // tty_nr, tpgid
	fields.next(flags);
	fields.skip(4);  // page faults
	fields.next(stat.user_ticks);
	fields.next(stat.system_ticks);
	fields.next(stat.children_user_ticks);
	fields.next(stat.children_system_ticks);
	fields.skip(1);  // priority
	fields.next(stat.nice);
	fields.next(stat.threads);
	fields.skip(1);  // itrealvalue
	fields.next(stat.start_ticks);
	fields.next(stat.virtual_bytes);
	fields.next(stat.resident_pages);
	stat.kernel_thread = (flags & kKernelThreadFlag) != 0;
	if (!before.good() || !fields.good()) return std::nullopt;
	return stat;
}

}  // namespace ospt
