#pragma once

#include "base/Result.h"
#include "wire/RawFrame.h"

#include <QList>
#include <QTimer>
#include <QWidget>

class QLabel;
class QScrollArea;
class QTextEdit;

namespace sockeye {

class FindingList;
class RawFrameEdit;

/// The composer's page for a frame made bit by bit: its fields on the left, on the right the exact bytes that will be
/// sent and which rules they break. What is invalid can be sent all the same.
class RawFramePage final : public QWidget
{
    Q_OBJECT

public:
    explicit RawFramePage(QWidget *parent = nullptr);

    /// Whether permessage-deflate was agreed on, which gives RSV1 a meaning.
    void setDeflate(bool agreed);
    /// The bytes to send, or which field says nothing that could be sent.
    [[nodiscard]] Result<QByteArray> bytes() const;
    /// Judges at once what is typed and still waits for a pause.
    void settle();
    /// The frame has been sent: Alt+Up brings it back.
    void remember();
    void focusPayload();
    /// The last stop of the Tab key, for whoever orders what follows.
    [[nodiscard]] QWidget *lastField() const;
    /// "header 6 B · payload 5 B".
    [[nodiscard]] QString summary() const { return m_summary; }
    /// How many rules the frame breaks.
    [[nodiscard]] qsizetype ruleCount() const { return m_broken; }

Q_SIGNALS:
    void changed();
    void sendRequested();
    /// A text of so many characters was too long to paste.
    void pasteRefused(qsizetype characters);

protected:
    void changeEvent(QEvent *event) override;

private:
    void judgeSoon();
    void judge();
    void recall(int step);
    void showBytes(const RawFrame &frame);

    RawFrameEdit *m_edit;
    QLabel *m_title;
    QTextEdit *m_bytes;
    QScrollArea *m_rules;
    FindingList *m_findings;
    QLabel *m_fine;
    QString m_summary;
    qsizetype m_broken = 0;
    bool m_deflate = false;
    QTimer m_pause;
    QList<RawFrame> m_history;
    /// Where in the history the fields are; its size for the draft below the newest.
    qsizetype m_place = 0;
    RawFrame m_draft;
};

} // namespace sockeye
