#include "plot/BlockStore.h"

#include "base/OwnerOnly.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryFile>

#include <zlib.h>

namespace sockeye {

namespace {

struct BlockStoreWords
{
    Q_DECLARE_TR_FUNCTIONS(BlockStore)
};

} // namespace

BlockStore::BlockStore(QString folder)
    : m_folder(std::move(folder))
{
}

BlockStore::BlockStore(std::unique_ptr<QFile> file, std::vector<Block> blocks)
    : m_file(std::move(file))
    , m_isReadOnly(true)
    , m_blocks(std::move(blocks))
{
}

BlockStore::~BlockStore() = default;

quint32 BlockStore::checkOf(QByteArrayView bytes)
{
    return static_cast<quint32>(
        crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<size_t>(bytes.size())));
}

Result<> BlockStore::append(const QByteArray &block)
{
    if (m_isReadOnly)
        return Error{BlockStoreWords::tr("Nothing can be added to a series that was kept.")};
    if (!m_file && m_memory.size() + block.size() > MaxInMemory) {
        if (const Result<> moved = moveToFile(); !moved)
            return moved;
    }
    if (!m_file)
        m_memory += block;
    else if (const Result<> written = write(block, m_end); !written)
        return written;
    m_blocks.push_back({m_end, static_cast<quint32>(block.size()), checkOf(block)});
    m_end += block.size();
    return {};
}

Result<> BlockStore::moveToFile()
{
    if (!m_folder.isEmpty())
        static_cast<void>(owneronly::makeFolder(m_folder));
    const QString folder = m_folder.isEmpty() ? QDir::tempPath() : m_folder;
    // Qt makes such a file its owner's alone.
    auto file = std::make_unique<QTemporaryFile>(folder + QStringLiteral("/XXXXXX.series.part"));
    if (!file->open())
        return Error{BlockStoreWords::tr("The points of a plot have no room in \"%1\": %2. Make room there and draw "
                                         "the plot again.")
                         .arg(folder, file->errorString())};
    m_file = std::move(file);
    const Result<> written = write(m_memory, 0);
    if (written)
        m_memory = QByteArray();
    else
        m_file.reset();
    return written;
}

Result<> BlockStore::write(QByteArrayView bytes, qint64 offset)
{
    const bool isWritten =
        m_file->seek(offset) && m_file->write(bytes.data(), bytes.size()) == bytes.size() && m_file->flush();
    if (isWritten)
        return {};
    const QString reason = m_file->errorString();
    return Error{BlockStoreWords::tr("The points of a plot cannot be written to \"%1\": %2. Make room there and draw "
                                     "the plot again.")
                     .arg(m_file->fileName(), reason)};
}

Result<QByteArray> BlockStore::read(size_t index) const
{
    const Block &block = m_blocks[index];
    QByteArray bytes;
    if (!m_file)
        bytes = m_memory.sliced(block.offset, block.size);
    else if (m_file->seek(block.offset))
        bytes = m_file->read(block.size);
    if (bytes.size() != block.size || checkOf(bytes) != block.check)
        return Error{BlockStoreWords::tr("The points of a plot cannot be read from \"%1\" any more. Draw the plot "
                                         "again.")
                         .arg(m_file ? m_file->fileName() : QString())};
    return bytes;
}

size_t BlockStore::memory() const
{
    return static_cast<size_t>(m_memory.capacity()) + m_blocks.capacity() * sizeof(Block);
}

} // namespace sockeye
