#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace sockeye {

/// What there is to say about a URL while it is written: an invisible character or quotation marks in it, with a button
/// that removes them, or what is sent otherwise than it was typed. Hidden while there is nothing to say.
class UrlNote final : public QWidget
{
    Q_OBJECT

public:
    explicit UrlNote(QWidget *parent = nullptr);

    /// `sendInvisible` is Endpoint::sendInvisible.
    void showUrl(const QString &url, bool sendInvisible);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// Emitted when the user wants them removed.
    void removeRequested();

private:
    QLabel *m_text;
    QPushButton *m_remove;
};

} // namespace sockeye
