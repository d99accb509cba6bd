#include "log/MatchExcerpts.h"

#include "log/LogText.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr int MaxExcerpts = 2048;
/// Of more requested ones than these, the oldest were scrolled past long ago.
constexpr qsizetype MaxWantedExcerpts = 256;
/// Bytes read in one go, about: few enough to let the log's pages be read in between.
constexpr qint64 ReadAtOnce = 2 * MatchExcerpts::MaxExamined;
/// A payload is searched piece by piece, for most matches stand near its beginning. A match that is longer than what
/// pieces share may be missed where they meet.
constexpr qint64 PieceSize = 64 * 1024;
constexpr qint64 Overlap = 1024;

/// How many bytes belong to a UTF-8 character that began before them.
qsizetype cutCharacter(QByteArrayView bytes)
{
    constexpr unsigned char Mask = 0xC0;
    constexpr unsigned char Continuation = 0x80;
    constexpr qsizetype Most = 3;
    qsizetype count = 0;
    while (count < std::min(Most, bytes.size()) && (static_cast<unsigned char>(bytes[count]) & Mask) == Continuation)
        ++count;
    return count;
}

/// The place of the first match; -1 for none.
qint64 firstMatch(const CaptureReader &capture, const Entry &entry, const MatchMarks &marks)
{
    const qint64 end = std::min(entry.size, MatchExcerpts::MaxExamined);
    for (qint64 at = 0; at < end; at += PieceSize) {
        const Result<QByteArray> piece = capture.payload(entry.id, at, std::min(PieceSize + Overlap, end - at));
        if (!piece)
            return -1;
        const MatchMarks::Ranges found = marks.inBytes(piece.value());
        if (!found.isEmpty())
            return at + found.first().begin;
    }
    return -1;
}

} // namespace

MatchExcerpts::MatchExcerpts(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
    , m_excerpts(MaxExcerpts)
{
}

void MatchExcerpts::setMarks(const MatchMarks &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    ++m_generation;
    m_excerpts.clear();
    m_wanted.clear();
}

const QString *MatchExcerpts::find(const Entry &entry)
{
    const QString *known = m_excerpts.object(entry.id.value());
    if (!known)
        request(entry);
    return known;
}

void MatchExcerpts::request(const Entry &entry)
{
    const auto isIt = [&entry](const Entry &other) { return other.id == entry.id; };
    m_wanted.removeIf(isIt);
    m_wanted.append(entry);
    if (m_wanted.size() > MaxWantedExcerpts)
        m_wanted.removeFirst();
    if (m_isReading)
        return;
    m_isReading = true;
    // After the painting that makes the requests.
    QMetaObject::invokeMethod(this, &MatchExcerpts::readWanted, Qt::QueuedConnection);
}

void MatchExcerpts::readWanted()
{
    if (m_wanted.isEmpty()) {
        m_isReading = false;
        return;
    }
    QList<Entry> lot;
    for (qint64 bytes = 0; bytes < ReadAtOnce && !m_wanted.isEmpty(); bytes += std::min(lot.last().size, MaxExamined))
        lot += m_wanted.takeLast();
    const auto read = [lot, marks = m_marks](const CaptureReader &capture) {
        QList<Found> found;
        for (const Entry &entry : lot)
            found.append({entry.id, excerptOf(capture, entry, marks)});
        return found;
    };
    m_loader.read(this, read, [this, generation = m_generation](const QList<Found> &found) {
        if (generation == m_generation)
            take(found);
        readWanted();
    });
}

void MatchExcerpts::take(const QList<Found> &found)
{
    for (const Found &one : found) {
        m_excerpts.insert(one.id.value(), new QString(one.excerpt));
        m_wanted.removeIf([&one](const Entry &other) { return other.id == one.id; });
    }
    for (const Found &one : found) {
        if (!one.excerpt.isEmpty())
            Q_EMIT arrived(one.id);
    }
}

QString MatchExcerpts::excerptOf(const CaptureReader &capture, const Entry &entry, const MatchMarks &marks)
{
    const qint64 match = firstMatch(capture, entry, marks);
    if (match < 0)
        return {};
    const qint64 begin = std::max<qint64>(match - Before, 0);
    const Result<QByteArray> bytes = capture.payload(entry.id, begin, Size);
    if (!bytes)
        return {};
    // As the preview of an entry that holds nothing else.
    Entry piece = entry;
    const qsizetype cut = begin > 0 ? cutCharacter(bytes.value()) : 0;
    piece.head = bytes.value().sliced(cut);
    piece.size = entry.size - begin - cut;
    return (begin > 0 ? u"…"_s : QString()) + logtext::preview(piece);
}

} // namespace sockeye
