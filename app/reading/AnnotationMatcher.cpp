#include "reading/AnnotationMatcher.h"

#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

namespace sockeye {

namespace {

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
            if (!capture.scanner().match(query, id, id, CancelToken(), take))
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
}

AnnotationMatcher::~AnnotationMatcher() = default;

void AnnotationMatcher::setAnnotations(const Annotations *annotations)
{
    clear();
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    if (!annotations)
        return;
    connect(annotations, &Annotations::edited, this, &AnnotationMatcher::add);
    connect(annotations, &Annotations::written, this, &AnnotationMatcher::ask);
    // What was edited before may turn out to have been in the file already.
    connect(annotations, &Annotations::loaded, this, &AnnotationMatcher::ask);
    // A file that cannot be written never has them.
    connect(annotations, &Annotations::failed, this, &AnnotationMatcher::clear);
}

void AnnotationMatcher::setQueries(std::function<QList<EntryQuery>()> queries, std::function<bool(EntryId)> isReady)
{
    m_queries = std::move(queries);
    m_isReady = std::move(isReady);
}

void AnnotationMatcher::add(const QList<EntryId> &edited)
{
    m_waiting.insert(edited.begin(), edited.end());
    ask();
}

void AnnotationMatcher::readinessChanged()
{
    if (m_someNotReady)
        ask();
}

void AnnotationMatcher::clear()
{
    m_waiting.clear();
    m_someNotReady = false;
}

void AnnotationMatcher::ask()
{
    m_again = m_asking;
    if (m_asking || m_waiting.empty())
        return;
    const QList<EntryQuery> queries = m_queries();
    if (!m_annotations)
        return clear();
    m_someNotReady = false;
    QList<EntryId> ids;
    AnnotationMap expected;
    for (const EntryId id : m_waiting) {
        if (!m_isReady(id)) {
            m_someNotReady = true;
            continue;
        }
        ids.append(id);
        if (const Annotation *one = m_annotations->find(id))
            expected.insert(id, *one);
    }
    if (ids.isEmpty())
        return;
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
    if (m_again || isOther)
        ask();
    if (!known.entries.isEmpty() && !known.queries.isEmpty())
        Q_EMIT checked(known);
}

} // namespace sockeye
