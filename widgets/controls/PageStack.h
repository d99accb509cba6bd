#pragma once

#include <QStackedWidget>

class QLabel;

namespace sockeye {

/// A widget's content, or a placeholder: a line of text that says why there is none.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showPlaceholder(const QString &text);

private:
    QLabel *m_placeholder;
};

} // namespace sockeye
