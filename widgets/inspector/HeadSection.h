#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace sockeye {

/// A titled block of text on the handshake page, with a button that copies it byte for byte. As high as its text,
/// within limits.
class HeadSection final : public QWidget
{
    Q_OBJECT

public:
    explicit HeadSection(const QString &title, QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    void setTitle(const QString &title);

private:
    QByteArray m_bytes;
    QLabel *m_title;
    QPlainTextEdit *m_text;
};

} // namespace sockeye
