#pragma once

#include "connection/Session.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;

namespace sockeye {

class Prompts;
struct ComposerDraft;

/// Where a message is written: a payload type (Text, JSON, Hex, Base64, File, or a raw frame), how it is sent (as what,
/// in how many frames, compressed), the editor, and Send. What cannot be sent (hex with a stray digit, JSON that does
/// not parse, a file that is gone) is said under the editor as it is typed.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    enum class PayloadType : quint8 { Text, Json, Hex, Base64, File, Raw };

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
    /// The draft is another now.
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

/// What stands in a composer.
struct ComposerDraft
{
    Composer::PayloadType type = Composer::PayloadType::Text;
    /// The form of the text, also while a file or a raw frame is shown.
    Composer::PayloadType written = Composer::PayloadType::Text;
    QString text;
    /// The file to send.
    QString file;

    friend bool operator==(const ComposerDraft &, const ComposerDraft &) = default;
};

} // namespace sockeye
