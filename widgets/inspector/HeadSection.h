#pragma once

#include "explain/HandshakeLines.h"

#include <QWidget>

class QToolButton;

namespace sockeye {

class HeadText;
class WrappedLabel;

/// A titled block of text on the handshake page, with a button that copies it byte for byte. A head is shown line by
/// line, each with its explanation under it unless the person wants the bytes alone. As high as its text, within
/// limits.
class HeadSection final : public QWidget
{
    Q_OBJECT

public:
    explicit HeadSection(const QString &title, QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    /// JSON is shown with a line for each member; what is copied are the bytes.
    void setBody(const QByteArray &bytes);
    /// A head and its lines.
    void setHead(const QByteArray &bytes, const HandshakeLines &lines);
    void setTitle(const QString &title);
    void setExplained(bool explained);

Q_SIGNALS:
    void explainedChanged(bool explained);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showText();

    QByteArray m_bytes;
    /// What is shown in their place; empty for the bytes themselves.
    QByteArray m_shown;
    HandshakeLines m_lines;
    WrappedLabel *m_title;
    QToolButton *m_explain;
    HeadText *m_text;
};

} // namespace sockeye
