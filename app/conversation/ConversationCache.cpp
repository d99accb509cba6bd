#include "conversation/ConversationCache.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QSaveFile>

namespace sockeye {

namespace {

constexpr QByteArrayView CacheMark("sockeye conversations 1 " SOCKEYE_VERSION "\n");
constexpr auto CacheHash = QCryptographicHash::Sha256;
constexpr qsizetype CacheHashBytes = 32;
constexpr QStringView CacheSuffix = u".conversations";

QDataStream &operator<<(QDataStream &stream, const Conversation::Side &side)
{
    return stream << side.begun << side.messages << side.skipped << side.names << side.announced << side.awaited
                  << side.event << side.asked << side.records << side.isStream << side.window;
}

QDataStream &operator>>(QDataStream &stream, Conversation::Side &side)
{
    return stream >> side.begun >> side.messages >> side.skipped >> side.names >> side.announced >> side.awaited >>
           side.event >> side.asked >> side.records >> side.isStream >> side.window;
}

} // namespace

ConversationCache::ConversationCache(QString folder)
    : m_folder(std::move(folder))
{
}

QString ConversationCache::pathOf(const QByteArray &capture) const
{
    constexpr qsizetype NameBytes = 16;
    const QByteArray hash = QCryptographicHash::hash(capture, CacheHash).first(NameBytes);
    return m_folder + u'/' + QString::fromLatin1(hash.toHex()) + CacheSuffix.toString();
}

ConversationLanes ConversationCache::read(const QByteArray &capture, EntryId last) const
{
    if (m_folder.isEmpty() || capture.isEmpty())
        return {};
    QFile file(pathOf(capture));
    if (!QFile::exists(file.fileName()) || !RegularFile::open(file) || file.size() > MaxFileBytes)
        return {};
    const QByteArray content = file.read(MaxFileBytes);
    const QByteArrayView body = QByteArrayView(content).chopped(std::min(CacheHashBytes, content.size()));
    if (!body.startsWith(CacheMark) || QCryptographicHash::hash(body, CacheHash) != content.last(CacheHashBytes))
        return {};
    QDataStream stream(body.sliced(CacheMark.size()).toByteArray());
    stream.setVersion(QDataStream::Qt_6_0);
    QByteArray of;
    qint32 laneCount = 0;
    stream >> of >> laneCount;
    ConversationLanes lanes;
    for (qint32 i = 0; i < laneCount && of == capture && stream.status() == QDataStream::Ok; ++i) {
        qint64 connection = 0;
        qint32 count = 0;
        ConversationLane lane;
        stream >> connection >> lane.format >> lane.stride >> count;
        for (qint32 j = 0; j < count && stream.status() == QDataStream::Ok; ++j) {
            qint64 next = 0;
            Conversation conversation;
            stream >> next >> conversation.format >> conversation.in >> conversation.out >> conversation.version;
            // A capture that was cut off meanwhile.
            if (next > 0 && EntryId(next) <= last + 1)
                lane.checkpoints.emplace(EntryId(next), conversation);
        }
        if (lane.stride > 0 && !lane.checkpoints.empty())
            lanes.emplace(ConnectionId(connection), std::move(lane));
    }
    return stream.status() == QDataStream::Ok ? lanes : ConversationLanes();
}

void ConversationCache::write(const QByteArray &capture, const ConversationLanes &lanes) const
{
    if (m_folder.isEmpty() || capture.isEmpty() || !owneronly::makeFolder(m_folder))
        return;
    QByteArray content = CacheMark.toByteArray();
    QDataStream stream(&content, QIODevice::Append);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << capture << static_cast<qint32>(lanes.size());
    for (const auto &[connection, lane] : lanes) {
        stream << connection.value() << lane.format << lane.stride << static_cast<qint32>(lane.checkpoints.size());
        for (const auto &[next, conversation] : lane.checkpoints)
            stream << next.value() << conversation.format << conversation.in << conversation.out << conversation.version;
        if (content.size() > MaxFileBytes - CacheHashBytes)
            return;
    }
    content += QCryptographicHash::hash(content, CacheHash);
    QSaveFile file(pathOf(capture));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(owneronly::FilePermissions);
    file.write(content);
    if (file.commit())
        prune();
}

void ConversationCache::prune() const
{
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u'*' + CacheSuffix.toString()}, QDir::Files | QDir::Hidden, QDir::Time);
    for (qsizetype i = MaxFiles; i < files.size(); ++i)
        QFile::remove(files.at(i).filePath());
}

} // namespace sockeye
