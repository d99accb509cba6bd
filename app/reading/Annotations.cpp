#include "reading/Annotations.h"

#include "reading/CaptureReader.h"
#include "reading/CaptureLoader.h"

#include <algorithm>

namespace sockeye {

Annotations::Annotations(CaptureLoader &loader, Write write, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
    , m_write(std::move(write))
{
    readFile([this](const AnnotationMap &file) { takeLoaded(file); });
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
        put(id, one);
    }
    return news;
}

void Annotations::put(EntryId id, const Annotation &one)
{
    if (one.isEmpty())
        m_all.remove(id);
    else
        m_all.insert(id, one);
}

void Annotations::readFile(std::function<void(const AnnotationMap &)> use)
{
    m_loader.read(
        this, [](const CaptureReader &capture) { return capture.annotations(); },
        [this, use = std::move(use)](const Result<AnnotationMap> &read) {
            if (!read)
                Q_EMIT failed(read.message());
            use(read ? read.value() : AnnotationMap());
        });
}

void Annotations::takeBack(const AnnotationMap &lost)
{
    readFile([this, lost](const AnnotationMap &file) {
        QList<EntryId> ids;
        for (auto it = lost.cbegin(); it != lost.cend(); ++it) {
            const bool isNewer = m_all.value(it.key()) != it.value();
            if (isNewer || file.value(it.key()) == it.value())
                continue;
            put(it.key(), file.value(it.key()));
            ids.append(it.key());
        }
        if (ids.isEmpty())
            return;
        Q_EMIT changed(ids.first(), ids.last());
        Q_EMIT edited(ids);
    });
}

void Annotations::writeAgain()
{
    readFile([this](const AnnotationMap &file) {
        AnnotationMap missing;
        for (auto it = m_all.cbegin(); it != m_all.cend(); ++it) {
            if (file.value(it.key()) != it.value())
                missing.insert(it.key(), it.value());
        }
        for (auto it = file.cbegin(); it != file.cend(); ++it) {
            if (!m_all.contains(it.key()))
                missing.insert(it.key(), {});
        }
        if (!missing.isEmpty())
            m_write(missing);
    });
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
