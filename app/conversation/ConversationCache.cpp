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

constexpr QByteArrayView CacheMark("sockeye conversations 2 " SOCKEYE_VERSION "\n");
constexpr qsizetype CacheCheckBytes = 4;
constexpr qsizetype CacheLengthBytes = 4;
/// Of the list of checkpoints, which has some 20 bytes for each.
constexpr quint32 MaxCacheHead = 16 * 1024 * 1024;
constexpr qint32 MaxCachedCheckpoint = 16 * 1024 * 1024;
constexpr QStringView CacheSuffix = u".conversations";

/// Against damage, not against malice: what is read is checked as anything from a file is.
quint32 cacheCrc(QByteArrayView bytes, quint32 crc = 0)
{
    return static_cast<quint32>(
        crc32_z(crc, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<size_t>(bytes.size())));
}

QByteArray cacheNumber(quint32 number)
{
    QByteArray bytes(qsizetype(sizeof(number)), Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// A checkpoint's, with what it is one of: a file that somebody has replaced has others in its place.
QByteArray cacheCheck(const QByteArray &capture, const ConversationLaneId &lane, EntryId next, QByteArrayView packed)
{
    QByteArray name;
    QDataStream stream(&name, QIODevice::WriteOnly);
    stream << capture << lane.connection.value() << lane.format << next.value();
    return cacheNumber(cacheCrc(packed, cacheCrc(name)));
}

QByteArray cacheHead(const QByteArray &capture, const ConversationLanes &lanes)
{
    QByteArray head;
    QDataStream stream(&head, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << capture << static_cast<qint32>(lanes.size());
    for (const auto &[id, lane] : lanes) {
        stream << id.connection.value() << id.format << lane.stride << static_cast<qint32>(lane.checkpoints.size());
        for (const auto &[next, checkpoint] : lane.checkpoints)
            stream << next.value() << checkpoint.size;
    }
    return head;
}

/// Where the checkpoints begin behind a head of that length.
qint64 cacheBodyBegin(qsizetype head)
{
    return CacheMark.size() + CacheLengthBytes + head + CacheCheckBytes;
}

/// The head of a file that is open; empty if there is none.
QByteArray readCacheHead(QFile &file)
{
    if (file.read(CacheMark.size()) != CacheMark)
        return {};
    const QByteArray length = file.read(CacheLengthBytes);
    if (length.size() != CacheLengthBytes)
        return {};
    const auto size = qFromBigEndian<quint32>(length.constData());
    if (size > MaxCacheHead)
        return {};
    const QByteArray head = file.read(size);
    const bool isWhole = head.size() == qsizetype(size) && file.read(CacheCheckBytes) == cacheNumber(cacheCrc(head));
    return isWhole ? head : QByteArray();
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
    if (!QFile::exists(file.fileName()) || !RegularFile::open(file))
        return {};
    const QByteArray head = readCacheHead(file);
    QDataStream stream(head);
    stream.setVersion(QDataStream::Qt_6_0);
    QByteArray of;
    qint32 laneCount = 0;
    stream >> of >> laneCount;
    ConversationLanes lanes;
    qint64 offset = cacheBodyBegin(head.size());
    for (qint32 i = 0; i < laneCount && of == capture && stream.status() == QDataStream::Ok; ++i) {
        qint64 connection = 0;
        qint32 count = 0;
        ConversationLaneId id;
        ConversationLane lane;
        stream >> connection >> id.format >> lane.stride >> count;
        id.connection = ConnectionId(connection);
        for (qint32 j = 0; j < count && stream.status() == QDataStream::Ok; ++j) {
            qint64 next = 0;
            qint32 size = 0;
            stream >> next >> size;
            if (size <= 0 || size > MaxCachedCheckpoint)
                return {};
            // A capture that was cut off meanwhile.
            if (next > 0 && EntryId(next) <= last + 1)
                lane.checkpoints.emplace(EntryId(next), KeptCheckpoint{{}, size, offset});
            offset += CacheCheckBytes + size;
        }
        if (lane.stride > 0 && !lane.checkpoints.empty())
            lanes.emplace(std::move(id), std::move(lane));
    }
    return stream.status() == QDataStream::Ok && offset == file.size() ? lanes : ConversationLanes();
}

QByteArray ConversationCache::readCheckpoint(const QByteArray &capture, const ConversationLaneId &lane, EntryId next,
                                             const KeptCheckpoint &place) const
{
    QFile file(pathOf(capture));
    if (!QFile::exists(file.fileName()) || !RegularFile::open(file) || !file.seek(place.offset))
        return {};
    const QByteArray check = file.read(CacheCheckBytes);
    const QByteArray packed = file.read(place.size);
    return packed.size() == place.size && cacheCheck(capture, lane, next, packed) == check ? packed : QByteArray();
}

bool ConversationCache::write(const QByteArray &capture, ConversationLanes &lanes) const
{
    if (m_folder.isEmpty() || capture.isEmpty() || !owneronly::makeFolder(m_folder))
        return false;
    const QByteArray head = cacheHead(capture, lanes);
    if (head.size() > qsizetype(MaxCacheHead))
        return false;
    QFile former(pathOf(capture));
    const bool hasFormer = QFile::exists(former.fileName()) && RegularFile::open(former).ok();
    QSaveFile file(pathOf(capture));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(owneronly::FilePermissions);
    file.write(CacheMark.toByteArray() + cacheNumber(static_cast<quint32>(head.size())) + head +
               cacheNumber(cacheCrc(head)));
    for (const auto &[id, lane] : lanes) {
        for (const auto &[next, checkpoint] : lane.checkpoints) {
            if (!checkpoint.packed.isEmpty()) {
                file.write(cacheCheck(capture, id, next, checkpoint.packed) + checkpoint.packed);
            } else {
                // As it is: whoever reads it finds out whether it is damaged.
                QByteArray bytes;
                if (hasFormer && former.seek(checkpoint.offset))
                    bytes = former.read(CacheCheckBytes + checkpoint.size);
                file.write(bytes.leftJustified(CacheCheckBytes + checkpoint.size, '\0', true));
            }
        }
    }
    // Windows replaces no file that is open.
    former.close();
    if (!file.commit())
        return false;
    qint64 offset = cacheBodyBegin(head.size());
    for (auto &[id, lane] : lanes) {
        for (auto &[next, checkpoint] : lane.checkpoints) {
            checkpoint = {{}, checkpoint.size, offset};
            offset += CacheCheckBytes + checkpoint.size;
        }
    }
    prune();
    return true;
}

void ConversationCache::prune() const
{
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u'*' + CacheSuffix.toString()}, QDir::Files | QDir::Hidden, QDir::Time);
    qint64 bytes = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        bytes += files.at(i).size();
        // The one that was written last stays.
        if (i >= MaxFiles || (i > 0 && bytes > MaxFolderBytes))
            QFile::remove(files.at(i).filePath());
    }
}

} // namespace sockeye
