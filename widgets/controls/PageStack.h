#pragma once

#include <QStackedWidget>

class QLabel;

namespace sockeye {

/// A page of the inspector: its content, or a few words that say why there is none.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showWords(const QString &text);

private:
    QLabel *m_words;
};

} // namespace sockeye
