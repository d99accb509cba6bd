#include "log/AnnotationMatcher.h"

#include "capture/CaptureReader.h"
#include "log/Annotations.h"
#include "log/CaptureLoader.h"

#include <chrono>

namespace sockeye {

namespace {

constexpr auto AskAgainAfter = std::chrono::milliseconds(20);
/// A file that cannot be written never has them.
constexpr int MaxVain = 250;

/// Whether the file has what is expected of it.
bool isWritten(EntryId id, const AnnotationMap &file, const AnnotationMap &expected)
{
    return file.value(id) == expected.value(id);
}

AnnotationMatcher::Checked check(const CaptureReader &capture, const QList<EntryId> &ids,
                                 const QList<EntryQuery> &queries, const AnnotationMap &expected)
{
    AnnotationMatcher::Checked checked{queries, {}, {}, false};
    const Result<AnnotationMap> file = capture.annotations();
    if (!file)
        return checked;
    for (const EntryId id : ids) {
        if (isWritten(id, file.value(), expected))
            checked.entries.append(id);
    }
    checked.isTooMany = checked.entries.size() > AnnotationMatcher::MaxChecked;
    if (checked.isTooMany)
        return checked;
    for (EntryQuery query : queries) {
        // Whoever puts something on an entry has seen it: it is no noise.
        query.withoutRepeats = false;
        QList<EntryId> matches;
        for (const EntryId id : std::as_const(checked.entries)) {
            const auto take = [&matches](const Matches &some) { matches += some.ids; };
            if (!capture.match(query, id, id, CancelToken(), take))
                break;
        }
        checked.matches.append(matches);
    }
    return checked;
}

} // namespace

AnnotationMatcher::AnnotationMatcher(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
{
    m_again.setSingleShot(true);
    m_again.setInterval(AskAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &AnnotationMatcher::ask);
}

AnnotationMatcher::~AnnotationMatcher() = default;

void AnnotationMatcher::setQueries(std::function<QList<EntryQuery>()> queries, std::function<bool(EntryId)> isReady)
{
    m_queries = std::move(queries);
    m_isReady = std::move(isReady);
}

void AnnotationMatcher::add(const QList<EntryId> &edited)
{
    m_waiting.insert(edited.begin(), edited.end());
    m_vain = 0;
    ask();
}

void AnnotationMatcher::clear()
{
    m_waiting.clear();
    m_again.stop();
}

void AnnotationMatcher::ask()
{
    if (m_asking || m_waiting.empty())
        return;
    const QList<EntryQuery> queries = m_queries();
    if (!m_annotations)
        return clear();
    QList<EntryId> ids;
    AnnotationMap expected;
    for (const EntryId id : m_waiting) {
        if (!m_isReady(id))
            continue;
        ids.append(id);
        if (const Annotation *one = m_annotations->find(id))
            expected.insert(id, *one);
    }
    if (ids.isEmpty())
        return m_again.start();
    m_asking = true;
    m_loader.read(
        this, [ids, queries, expected](const CaptureReader &capture) { return check(capture, ids, queries, expected); },
        [this, expected](const Checked &checked) { take(checked, expected); });
}

void AnnotationMatcher::take(const Checked &answer, const AnnotationMap &expected)
{
    m_asking = false;
    Checked known = answer;
    // What began to search since then may have read the file before it had them.
    const bool isOther = m_queries() != answer.queries;
    const auto isOld = [this, isOther, &expected](EntryId id) {
        const Annotation *now = m_annotations ? m_annotations->find(id) : nullptr;
        return isOther || (now ? *now : Annotation()) != expected.value(id) || !m_waiting.contains(id);
    };
    known.entries.removeIf(isOld);
    for (QList<EntryId> &matches : known.matches)
        matches.removeIf(isOld);
    for (const EntryId id : std::as_const(known.entries))
        m_waiting.erase(id);
    m_vain = answer.entries.isEmpty() ? m_vain + 1 : 0;
    if (m_vain > MaxVain)
        return clear();
    if (!m_waiting.empty())
        m_again.start();
    if (!known.entries.isEmpty() && !known.queries.isEmpty())
        Q_EMIT checked(known);
}

} // namespace sockeye
