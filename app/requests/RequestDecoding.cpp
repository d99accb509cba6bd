#include "requests/RequestDecoding.h"

#include "fields/FieldDecoding.h"
#include "fields/MessageWalk.h"
#include "reading/CaptureReader.h"
#include "requests/RequestIndex.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Entries that are read at once beyond what a filter looks at.
constexpr qint64 ReadAhead = 1024;

class RequestTerms final : public filter::MessageTerms
{
public:
    RequestTerms(const CaptureReader &capture, std::shared_ptr<RequestIndex> index, const QList<filter::Term> &terms)
        : m_capture(capture)
        , m_index(std::move(index))
        , m_terms(terms)
        , m_fields(FieldDecoding(m_index->formats()).over(capture, terms))
        , m_walk(capture, m_index->formats())
    {
    }

    bool matches(qsizetype term, const filter::PassedEntry &entry) override
    {
        const auto *numbers = term < m_terms.size() ? std::get_if<filter::NumberIn>(&m_terms.at(term)) : nullptr;
        if (!numbers)
            return m_fields->matches(term, entry);
        const bool isMessage = entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary;
        if (!isMessage || !readTo(entry.id))
            return false;
        const auto latency = m_index->latencyOf(entry.id);
        return latency && std::ranges::any_of(numbers->any, [ns = latency->count()](const filter::Range &range) {
                   return range.low <= ns && ns <= range.high;
               });
    }

private:
    /// False if that cannot be read: the filter was cancelled, or the scan itself will meet the same error.
    bool readTo(EntryId entry)
    {
        if (entry <= m_known)
            return true;
        if (m_last < entry) {
            const Result<EntryId> last = m_capture.lastEntry();
            m_last = last ? last.value() : EntryId();
        }
        const EntryId end = std::min(m_last, entry + ReadAhead);
        if (end < entry || !m_index->readTo(m_walk, end, CancelToken()))
            return false;
        m_known = end;
        return true;
    }

    const CaptureReader &m_capture;
    const std::shared_ptr<RequestIndex> m_index;
    const QList<filter::Term> m_terms;
    const std::unique_ptr<filter::MessageTerms> m_fields;
    MessageWalk m_walk;
    EntryId m_known;
    EntryId m_last;
};

} // namespace

RequestDecoding::RequestDecoding(std::shared_ptr<RequestIndex> index)
    : m_index(std::move(index))
{
}

std::unique_ptr<filter::MessageTerms> RequestDecoding::over(const CaptureReader &capture,
                                                            const QList<filter::Term> &terms) const
{
    return std::make_unique<RequestTerms>(capture, m_index, terms);
}

EntryQuery withRequests(EntryQuery query, const std::shared_ptr<const FormatSet> &formats)
{
    query.decoding =
        query.usesMessages() ? std::make_shared<RequestDecoding>(std::make_shared<RequestIndex>(formats)) : nullptr;
    return query;
}

} // namespace sockeye
