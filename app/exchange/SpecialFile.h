#pragma once

#include "base/Job.h"

#include <QIODevice>

namespace sockeye {

/// A device, a named pipe, "/dev/stdout": what is written into and never replaced or made. Neither opening nor writing
/// waits beyond a cancel for a reader that does not come or is slow. Use it in a thread that may wait.
class SpecialFile final : public QIODevice
{
    Q_OBJECT

public:
    /// Whether there is such a file at the path, after following links. What stands for an open file of the process,
    /// such as /dev/stdout, is one whatever it leads to.
    [[nodiscard]] static bool isAt(const QString &path);

    SpecialFile(QString path, CancelToken cancel);
    ~SpecialFile() override;

    /// Waits until a named pipe has a reader. False with errorString().
    [[nodiscard]] bool openForWriting();
    [[nodiscard]] bool isSequential() const override { return true; }
    void close() override;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    [[nodiscard]] bool waitForReader();

    const QString m_path;
    const CancelToken m_cancel;
    int m_file = -1;
};

} // namespace sockeye
