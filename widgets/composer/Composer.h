#pragma once

#include "connection/Session.h"
#include "document/ComposerDraft.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;

namespace sockeye {

class Prompts;

/// Where a message is written: a payload type (Text, JSON, Hex, Base64, File, or a raw frame), how it is sent (as what,
/// in how many frames, compressed), the editor, and Send. What cannot be sent (hex with a stray digit, JSON that does
/// not parse, a file that is gone) is said under the editor as it is typed.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    using PayloadType = sockeye::PayloadType;

    explicit Composer(QWidget *parent = nullptr);
    ~Composer() override;

    /// Whether there is a connection to send on; the reason is Send's tooltip while there is none.
    void setCanSend(bool canSend, const QString &reason = {});
    /// Whether permessage-deflate was agreed on with the peer.
    void setDeflate(bool agreed);
    /// Shows why the last message was not sent.
    void showError(const QString &message);
    [[nodiscard]] PayloadType payloadType() const;
    void setPayloadType(PayloadType type);
    /// How to ask for a file to send; the prompts outlive the composer.
    void setPrompts(Prompts &prompts);
    [[nodiscard]] QPlainTextEdit *editor() const;
    void focusEditor();
    /// What has been written and not sent; raw frames are not part of it.
    [[nodiscard]] ComposerDraft draft() const;
    void setDraft(const ComposerDraft &draft);

public Q_SLOTS:
    /// What Send and Ctrl+Return do.
    void send();

Q_SIGNALS:
    void sendRequested(const sockeye::Outgoing &message);
    /// A close frame is to be sent: the closing handshake begins.
    void closeRequested(quint16 code, const QString &reason);
    /// Emitted when the draft changes.
    void draftChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sockeye
