#pragma once

#include "filter/EntryQuery.h"

#include <memory>

namespace sockeye {

class FormatSet;

/// Answers what a filter asks about what messages say, by these formats.
class FieldDecoding final : public filter::MessageDecoding
{
public:
    explicit FieldDecoding(std::shared_ptr<const FormatSet> formats);

    [[nodiscard]] std::unique_ptr<filter::MessageTerms> over(const CaptureReader &capture,
                                                             const QList<filter::Term> &terms) const override;

private:
    std::shared_ptr<const FormatSet> m_formats;
};

/// The query, with these formats for what it asks about what messages say; as it is if it asks nothing of the kind.
[[nodiscard]] EntryQuery withFormats(EntryQuery query, const std::shared_ptr<const FormatSet> &formats);

} // namespace sockeye
