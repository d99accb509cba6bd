#pragma once

#include "conformance/ConformanceCase.h"

namespace sockeye::test {

/// Which of the cases a test runs: one of each group ("12.3"), another one in each, and those that are named. All of
/// them if SOCKEYE_ALL_CONFORMANCE_CASES is set in the environment.
[[nodiscard]] QList<conformance::ConformanceCase> chosenCases(const QList<conformance::ConformanceCase> &all,
                                                              const QStringList &named = {});

} // namespace sockeye::test
