#include "log/Annotations.h"

#include "capture/CaptureReader.h"
#include "log/CaptureLoader.h"

#include <algorithm>

namespace sockeye {

Annotations::Annotations(CaptureLoader &loader, Write write, QObject *parent)
    : QObject(parent)
    , m_write(std::move(write))
{
    loader.read(
        this, [](const CaptureReader &capture) { return capture.annotations(); },
        [this](const Result<AnnotationMap> &read) {
            if (!read)
                Q_EMIT failed(read.message());
            takeLoaded(read ? read.value() : AnnotationMap());
        });
}

Annotations::~Annotations() = default;

const Annotation *Annotations::find(EntryId id) const
{
    const auto found = m_all.constFind(id);
    return found == m_all.cend() ? nullptr : &*found;
}

void Annotations::set(EntryId id, const Annotation &annotation)
{
    set(AnnotationMap{{id, annotation}});
}

void Annotations::set(const AnnotationMap &changed)
{
    edit(changed.keys(), [changed](EntryId id, Annotation &one) { one = changed.value(id); });
}

void Annotations::toggleBookmarks(const QList<EntryId> &ids)
{
    const bool all = std::all_of(ids.begin(), ids.end(), [this](EntryId id) {
        const Annotation *one = find(id);
        return one && one->bookmarked;
    });
    edit(ids, [all](EntryId, Annotation &one) { one.bookmarked = !all; });
}

void Annotations::setColour(const QList<EntryId> &ids, int colour)
{
    edit(ids, [colour](EntryId, Annotation &one) { one.colour = std::clamp(colour, 0, Annotation::ColourCount); });
}

void Annotations::setNote(const QList<EntryId> &ids, const QString &note)
{
    edit(ids, [note](EntryId, Annotation &one) { one.note = note; });
}

EntryId Annotations::next(EntryId from, bool forward) const
{
    if (forward) {
        const auto after = m_all.upperBound(from);
        return after == m_all.cend() ? EntryId() : after.key();
    }
    auto before = m_all.lowerBound(from);
    return before == m_all.cbegin() ? EntryId() : (--before).key();
}

void Annotations::edit(const QList<EntryId> &ids, const Edit &edit)
{
    const AnnotationMap news = apply(ids, edit);
    // Seen at once, written when it is known what the file has: setting a note must not take a bookmark away.
    if (!m_loaded)
        m_early.append({ids, edit});
    else if (!news.isEmpty())
        m_write(news);
    if (news.isEmpty())
        return;
    Q_EMIT changed(news.firstKey(), news.lastKey());
    Q_EMIT edited(news.keys());
}

AnnotationMap Annotations::apply(const QList<EntryId> &ids, const Edit &edit)
{
    AnnotationMap news;
    for (const EntryId id : ids) {
        Annotation one = m_all.value(id);
        edit(id, one);
        if (one == m_all.value(id))
            continue;
        news.insert(id, one);
        if (one.isEmpty())
            m_all.remove(id);
        else
            m_all.insert(id, one);
    }
    return news;
}

void Annotations::takeLoaded(const AnnotationMap &read)
{
    m_all = read;
    m_loaded = true;
    AnnotationMap news;
    for (const auto &[ids, edit] : std::exchange(m_early, {}))
        news.insert(apply(ids, edit));
    if (!news.isEmpty())
        m_write(news);
    if (!m_all.isEmpty())
        Q_EMIT changed(m_all.firstKey(), m_all.lastKey());
    Q_EMIT loaded();
}

} // namespace sockeye
