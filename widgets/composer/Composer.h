#pragma once

#include "document/ComposerDraft.h"
#include "widgets/composer/Payload.h"
#include "widgets/composer/PayloadPage.h"
#include "wire/Outgoing.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace sockeye {

class ComposerStrip;
class FilePayload;
class Prompts;
class RawFramePage;
class SendOptions;
class TextPayload;

/// Where a message is written: a payload type (Text, JSON, Hex, Base64, File, or a raw frame) with its page, how it is
/// sent (as what, in how many frames, compressed), and Send. What cannot be sent (hex with a stray digit, JSON that
/// does not parse, a file that is gone) is reported under the page as it is typed.
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
    /// The prompts that ask for a file to send; they outlive the composer.
    void setPrompts(Prompts &prompts);
    [[nodiscard]] QPlainTextEdit *editor() const;
    /// Gives it the focus, in which it stays folded until a key or a click.
    void focusEditor();
    /// Whether the composer is one line, with Send beside it, until the user goes into it; only where text is written.
    void setFolding(bool folding);
    [[nodiscard]] bool isFolded() const { return m_isFolded; }
    /// The text and the file that stand in the composer; a raw frame is not part of it.
    [[nodiscard]] ComposerDraft draft() const;
    void setDraft(const ComposerDraft &draft);

    bool eventFilter(QObject *watched, QEvent *event) override;

public Q_SLOTS:
    /// What Send and Ctrl+Return do.
    void send();

Q_SIGNALS:
    void sendRequested(const sockeye::Outgoing &message);
    /// A close frame is to be sent: the closing handshake begins.
    void closeRequested(quint16 code, const QString &reason);
    /// Emitted when the draft changes.
    void draftChanged();
    /// Emitted when it has become one line, or is more than that again.
    void foldChanged(bool folded);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void addPage(PayloadPage *page);
    [[nodiscard]] PayloadPage *page() const;
    void changeType(PayloadType type);
    void showPage();
    void showOptions();
    void check();
    void deliver(const Outgoing &payload);
    void showProblem(const QString &message);
    void updateSend();
    void updateFold();

    ComposerStrip *m_strip;
    SendOptions *m_options;
    QStackedWidget *m_pages;
    TextPayload *m_text;
    FilePayload *m_file;
    RawFramePage *m_raw;
    QLabel *m_problem;
    PayloadType m_type = PayloadType::Text;
    /// What is on the current page, as it was checked last.
    PayloadCheck m_check;
    bool m_canSend = false;
    QString m_whyNot;
    QBoxLayout *m_inside = nullptr;
    bool m_folding = false;
    bool m_isFolded = false;
    /// The focus was given by focusEditor(), and nothing has been done with it yet.
    bool m_isFocusUnused = false;
};

} // namespace sockeye
