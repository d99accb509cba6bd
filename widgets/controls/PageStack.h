#pragma once

#include <QStackedWidget>

namespace sockeye {

class WrappedLabel;

/// A widget's content, or a placeholder: a line of text that says why there is none.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showPlaceholder(const QString &text);

private:
    WrappedLabel *m_placeholder;
};

} // namespace sockeye
