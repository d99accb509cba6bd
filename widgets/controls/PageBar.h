#pragma once

#include <QFrame>

class QHBoxLayout;
class QTabBar;

namespace sockeye {

/// The strip on top of a page: what it shows as tabs on the left, what can be done on the right.
class PageBar final : public QFrame
{
    Q_OBJECT

public:
    explicit PageBar(const QStringList &tabs, QWidget *parent = nullptr);

    [[nodiscard]] QTabBar *tabs() const { return m_tabs; }
    /// Whether there is such a tab; those left take no more room than they need.
    void setTabVisible(int tab, bool visible);
    /// Adds it at the right end.
    void addWidget(QWidget *widget);

private:
    QTabBar *m_tabs;
    QHBoxLayout *m_layout;
};

} // namespace sockeye
