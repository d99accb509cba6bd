#pragma once

#include <QWidget>

class QContextMenuEvent;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace sockeye {

class Banner;

/// The documents of a window as tabs that can be moved and closed (also with the middle button), a button for a new one
/// right behind the last, and a page of its own while there is none.
class DocumentTabs final : public QWidget
{
    Q_OBJECT

public:
    /// `empty` is shown while there is no tab; it becomes a child.
    explicit DocumentTabs(QWidget *empty, QWidget *parent = nullptr);

    /// The parent to make a page with: one that must be moved there looks anew at the style of all that is in it.
    [[nodiscard]] QWidget *pageParent() const;
    int addTab(QWidget *page, const QString &title);
    /// Takes the tab away; the page is hidden and stays the caller's to delete.
    void removeTab(QWidget *page);
    /// Moves the tab to where another one is.
    void moveTab(QWidget *page, QWidget *to);
    [[nodiscard]] int count() const;
    [[nodiscard]] QWidget *page(int index) const;
    [[nodiscard]] QWidget *currentPage() const;
    void setCurrentPage(QWidget *page);
    /// Goes to the next tab for 1 and to the previous one for -1; after the last comes the first.
    void step(int by);
    /// `shown` is what stands on the tab, shortened in the middle if it is long; `title` is it in full, for whoever
    /// cannot see the others.
    void setTitle(QWidget *page, const QString &shown, const QString &title, const QString &toolTip);
    void setIcon(QWidget *page, const QIcon &icon);
    [[nodiscard]] QTabBar *bar() const { return m_bar; }
    [[nodiscard]] int indexOf(const QWidget *page) const;
    /// The banner above all tabs, for messages that do not concern a single tab.
    [[nodiscard]] Banner *banner() const { return m_banner; }

Q_SIGNALS:
    void currentChanged();
    void closeRequested(QWidget *page);
    void newTabRequested();
    /// Emitted when the user wants the menu of a tab, to stand there (in global coordinates).
    void menuRequested(QWidget *page, QPoint at);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void requestMenu(const QContextMenuEvent &event);
    [[nodiscard]] QToolButton *makeCloseButton(QWidget *page);
    void showCurrent();
    void updateIcons();

    QTabBar *m_bar;
    QToolButton *m_new;
    QWidget *m_strip;
    QStackedWidget *m_stack;
    Banner *m_banner;
    QWidget *m_empty;
};

} // namespace sockeye
