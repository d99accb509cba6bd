#pragma once

#include "widgets/composer/Payload.h"
#include "widgets/composer/PayloadPage.h"
#include "widgets/composer/SentHistory.h"

#include <QTimer>

namespace sockeye {

class MessageEdit;
class MessageHighlighter;

/// The composer's page for a payload that is written in one of four forms: as text, JSON, hex or Base64. Alt+Up and
/// Alt+Down bring back what was sent from here.
class TextPayload final : public PayloadPage
{
    Q_OBJECT

public:
    explicit TextPayload(QWidget *parent = nullptr);
    ~TextPayload() override;

    [[nodiscard]] MessageEdit *editor() const { return m_edit; }
    [[nodiscard]] PayloadType form() const { return m_form; }
    /// Writes the same bytes in another form, where that is possible; else the text stays as it is.
    void setForm(PayloadType form);

    [[nodiscard]] PayloadCheck check(const SendOptions &options) override;
    void send() override;
    void focusPayload() override;

Q_SIGNALS:
    /// A payload of this form was recalled: the form is to be set before its text is shown.
    void formRecalled(sockeye::PayloadType form);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Draft
    {
        PayloadType form = PayloadType::Text;
        QString text;

        friend bool operator==(const Draft &, const Draft &) = default;
    };

    void buildEditor();
    void takeTyping();
    void recall(int step);
    /// The summary, with the line endings where they are not the usual ones.
    [[nodiscard]] QString infoText(const QString &summary, const QString &text) const;
    [[nodiscard]] Draft draft() const;

    MessageEdit *m_edit;
    MessageHighlighter *m_highlighter;
    PayloadType m_form = PayloadType::Text;
    /// Runs while a long text is typed, which is checked once typing pauses.
    QTimer m_pause;
    SentHistory<Draft> m_history;
};

} // namespace sockeye
