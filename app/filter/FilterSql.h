#pragma once

#include "filter/EntryQuery.h"
#include "filter/FilterTree.h"

namespace sockeye::filter {

/// The condition in SQL. Parts of a conjunction that cost less stand before those that read payloads; notBefore and
/// notAfter are set where the whole filter keeps to a stretch of time.
[[nodiscard]] EntryQuery toQuery(const Node &tree);

} // namespace sockeye::filter
