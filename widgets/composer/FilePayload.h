#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "connection/Session.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace sockeye {

class Prompts;

/// The composer's page for sending a file: which, and as a binary or a text message. It is read in the background.
class FilePayload final : public QWidget
{
    Q_OBJECT

public:
    /// What a file may hold at most.
    static constexpr qint64 MaxSize = 256LL * 1024 * 1024;

    explicit FilePayload(QWidget *parent = nullptr);

    void setPrompts(Prompts &prompts) { m_prompts = &prompts; }
    [[nodiscard]] QString path() const;
    void setPath(const QString &path);
    /// The file's size, or why it cannot be sent.
    [[nodiscard]] Result<qint64> check() const;
    /// Reads the file; loaded() or failed() follows.
    void load();
    [[nodiscard]] bool isLoading() const { return m_job.isRunning(); }

Q_SIGNALS:
    void changed();
    void loaded(const sockeye::Outgoing &message);
    void failed(const QString &message);

private:
    void browse();
    void deliver();

    Prompts *m_prompts = nullptr;
    QLineEdit *m_path;
    QComboBox *m_kind;
    Opcode m_opcode = Opcode::Binary;
    Result<QByteArray> m_bytes{QByteArray()};
    JobRunner m_job;
};

} // namespace sockeye
