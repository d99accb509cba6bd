#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <memory>
#include <vector>

namespace sockeye {

/// Blocks of bytes that are written once and read in any order: the first few megabytes in memory, more in a file that
/// nobody else may read and that goes with the store. Each is checked when it is read. One thread at a time.
class BlockStore final
{
public:
    /// As much stays in memory.
    static constexpr qsizetype MaxInMemory = 2 * 1024 * 1024;

    struct Block
    {
        qint64 offset = 0;
        quint32 size = 0;
        quint32 check = 0;
    };

    /// The folder for its file, which is made when it is needed; an empty one is the system's for such files.
    explicit BlockStore(QString folder = {});
    /// What stands in a file that is open for reading; nothing can be added.
    BlockStore(std::unique_ptr<QFile> file, std::vector<Block> blocks);
    ~BlockStore();
    BlockStore(const BlockStore &) = delete;
    BlockStore &operator=(const BlockStore &) = delete;

    [[nodiscard]] size_t count() const { return m_blocks.size(); }
    [[nodiscard]] const std::vector<Block> &blocks() const { return m_blocks; }
    [[nodiscard]] Result<> append(const QByteArray &block);
    [[nodiscard]] Result<QByteArray> read(size_t index) const;
    [[nodiscard]] size_t memory() const;

    [[nodiscard]] static quint32 checkOf(QByteArrayView bytes);

private:
    [[nodiscard]] Result<> moveToFile();
    [[nodiscard]] Result<> write(QByteArrayView bytes, qint64 offset);

    QString m_folder;
    QByteArray m_memory;
    /// Null while all is in memory.
    std::unique_ptr<QFile> m_file;
    bool m_isReadOnly = false;
    qint64 m_end = 0;
    std::vector<Block> m_blocks;
};

} // namespace sockeye
