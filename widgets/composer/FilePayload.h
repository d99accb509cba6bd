#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "widgets/composer/PayloadPage.h"

class QComboBox;
class QLineEdit;

namespace sockeye {

class Prompts;

/// The composer's page for sending a file as a binary or a text message. The file is read in the background when it is
/// sent.
class FilePayload final : public PayloadPage
{
    Q_OBJECT

public:
    /// The size of the largest file that is sent.
    static constexpr qint64 MaxSize = 256LL * 1024 * 1024;

    explicit FilePayload(QWidget *parent = nullptr);

    void setPrompts(Prompts &prompts) { m_prompts = &prompts; }
    [[nodiscard]] QString path() const;
    void setPath(const QString &path);

    [[nodiscard]] PayloadCheck check(const SendOptions &options) override;
    /// Reads the file; ready() or failed() follows.
    void send() override;

private:
    /// The file's size, or why it cannot be sent.
    [[nodiscard]] Result<qint64> fileSize() const;
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
