#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace sockeye {

/// The way back to a connection that another one took the place of: what became of it, and a button that connects to
/// its URL. Quiet, because nothing went wrong; hidden while there is none.
class FormerUrl final : public QWidget
{
    Q_OBJECT

public:
    explicit FormerUrl(QWidget *parent = nullptr);

    /// An empty URL takes the offer back. The note says what became of that connection.
    void offer(const QString &url, const QString &note);

Q_SIGNALS:
    void backRequested(const QString &url);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcons();

    QLabel *m_text;
    QPushButton *m_back;
    QToolButton *m_dismiss;
    QString m_url;
};

} // namespace sockeye
