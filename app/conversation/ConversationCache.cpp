#include "conversation/ConversationCache.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QSaveFile>
#include <QtEndian>

#include <zlib.h>

namespace sockeye {

namespace {

constexpr QByteArrayView CacheMark("sockeye conversations 1 " SOCKEYE_VERSION "\n");
constexpr qsizetype CacheCheckBytes = 4;
constexpr QStringView CacheSuffix = u".conversations";

/// Against damage, not against malice: what is read is checked as anything from a file is. A hash of 16 MB would take
/// longer than opening a message may.
QByteArray cacheCheck(QByteArrayView bytes)
{
    const auto crc = static_cast<quint32>(
        crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<size_t>(bytes.size())));
    QByteArray check(CacheCheckBytes, Qt::Uninitialized);
    qToBigEndian(crc, check.data());
    return check;
}

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
    const QByteArray hash = QCryptographicHash::hash(capture, QCryptographicHash::Sha256).first(NameBytes);
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
    const QByteArrayView body = QByteArrayView(content).chopped(std::min(CacheCheckBytes, content.size()));
    if (!body.startsWith(CacheMark) || cacheCheck(body) != content.last(CacheCheckBytes))
        return {};
    const QByteArray lanesBytes =
        QByteArray::fromRawData(body.data() + CacheMark.size(), body.size() - CacheMark.size());
    QDataStream stream(lanesBytes);
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
            stream << next.value() << conversation.format << conversation.in << conversation.out
                   << conversation.version;
        if (content.size() > MaxFileBytes - CacheCheckBytes)
            return;
    }
    content += cacheCheck(content);
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
