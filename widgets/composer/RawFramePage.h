#pragma once

#include "base/Result.h"
#include "widgets/composer/PayloadPage.h"
#include "widgets/composer/SentHistory.h"
#include "wire/RawFrame.h"

#include <QTimer>

class QLabel;
class QScrollArea;
class QTextEdit;

namespace sockeye {

class FindingList;
class RawFrameEdit;

/// The composer's page for a frame made bit by bit: its fields on the left, on the right the exact bytes that will be
/// sent and which rules they break. What is invalid can be sent all the same.
class RawFramePage final : public PayloadPage
{
    Q_OBJECT

public:
    explicit RawFramePage(QWidget *parent = nullptr);

    /// Whether permessage-deflate was agreed on, which gives RSV1 a meaning.
    void setDeflate(bool agreed);
    /// The last widget that the Tab key stops at on this page.
    [[nodiscard]] QWidget *lastField() const;

    [[nodiscard]] PayloadCheck check(const SendOptions &options) override;
    /// Sends the frame's bytes as they are. Alt+Up brings the frame back.
    void send() override;
    [[nodiscard]] bool takesOptions() const override { return false; }
    void focusPayload() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    /// The bytes to send, or which field does not say anything that could be sent.
    [[nodiscard]] Result<QByteArray> bytes() const;
    void takeTyping();
    void updateFrame();
    void recall(int step);
    void showBytes(const RawFrame &frame);

    RawFrameEdit *m_edit;
    QLabel *m_title;
    QTextEdit *m_bytes;
    QScrollArea *m_rules;
    FindingList *m_findings;
    QLabel *m_fine;
    /// "header 6 B · payload 5 B".
    QString m_summary;
    qsizetype m_brokenRules = 0;
    bool m_deflate = false;
    /// Runs while a long payload is typed, which is checked once typing pauses.
    QTimer m_pause;
    SentHistory<RawFrame> m_history;
};

} // namespace sockeye
