// SPDX-License-Identifier: MIT
//
// event_encoding: a batch of events as one array of numbers, the cheapest thing to hand to JavaScript.
//
// Every event is its header (kind, queue, job, task, time) and then the fields of its kind, in the order of
// kEventLayout. Times are milliseconds since the epoch, durations milliseconds; both keep their fractions.
// src/native/event.ts has the same table; it compares the two when the addon is loaded.

#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "engine/event.h"

namespace ospt {

struct EventKindLayout {
	std::string_view name;
	std::span<const std::string_view> fields;
};

// In the order of the alternatives of Event::what.
extern const std::array<EventKindLayout, 9> kEventLayout;
// In the order of enum LaunchStage, ControlAction and ControlResult.
extern const std::array<std::string_view, 12> kLaunchStageNames;
extern const std::array<std::string_view, 6> kControlActionNames;
extern const std::array<std::string_view, 5> kControlResultNames;

std::vector<double> encode_events(std::span<const Event> events);

}  // namespace ospt
