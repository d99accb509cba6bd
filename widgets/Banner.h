#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace sockeye {

/// A message across the page that something went wrong, until it is dismissed or replaced. Hidden while there is none.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void showMessage(const QString &message);
    void dismiss();
    [[nodiscard]] QString message() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcons();

    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_close;
};

} // namespace sockeye
