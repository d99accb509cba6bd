#include "log/Annotations.h"

#include "log/CaptureLoader.h"

#include <algorithm>

namespace sockeye {

Annotations::Annotations(CaptureLoader &loader, Write write, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
    , m_write(std::move(write))
{
    Q_UNUSED(m_loader);
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
    AnnotationMap news;
    for (auto it = changed.cbegin(); it != changed.cend(); ++it) {
        if (m_all.value(it.key()) != it.value())
            news.insert(it.key(), it.value());
    }
    if (news.isEmpty())
        return;
    for (auto it = news.cbegin(); it != news.cend(); ++it) {
        if (it.value().isEmpty())
            m_all.remove(it.key());
        else
            m_all.insert(it.key(), it.value());
    }
    m_write(news);
    Q_EMIT this->changed(news.firstKey(), news.lastKey());
}

void Annotations::toggleBookmarks(const QList<EntryId> &ids)
{
    const bool all = std::all_of(ids.begin(), ids.end(), [this](EntryId id) { return m_all.value(id).bookmarked; });
    AnnotationMap changed;
    for (const EntryId id : ids) {
        Annotation annotation = m_all.value(id);
        annotation.bookmarked = !all;
        changed.insert(id, annotation);
    }
    set(changed);
}

void Annotations::setColour(const QList<EntryId> &ids, int colour)
{
    AnnotationMap changed;
    for (const EntryId id : ids) {
        Annotation annotation = m_all.value(id);
        annotation.colour = colour;
        changed.insert(id, annotation);
    }
    set(changed);
}

void Annotations::setNote(const QList<EntryId> &ids, const QString &note)
{
    AnnotationMap changed;
    for (const EntryId id : ids) {
        Annotation annotation = m_all.value(id);
        annotation.note = note;
        changed.insert(id, annotation);
    }
    set(changed);
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

} // namespace sockeye
