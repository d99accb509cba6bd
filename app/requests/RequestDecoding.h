#pragma once

#include "filter/EntryQuery.h"

#include <memory>

namespace sockeye {

class FormatSet;
class RequestIndex;

/// Answers what a filter asks about what messages say, and how long answers took (latency>50ms): by the index, which is
/// read on as far as the filter looks.
class RequestDecoding final : public filter::MessageDecoding
{
public:
    explicit RequestDecoding(std::shared_ptr<RequestIndex> index);

    [[nodiscard]] std::unique_ptr<filter::MessageTerms> over(const CaptureReader &capture,
                                                             const QList<filter::Term> &terms) const override;

private:
    std::shared_ptr<RequestIndex> m_index;
};

/// The query, with these formats for what it asks about what messages say, for one capture that nobody has read yet; as
/// it is if it asks nothing of the kind.
[[nodiscard]] EntryQuery withRequests(EntryQuery query, const std::shared_ptr<const FormatSet> &formats);

} // namespace sockeye
