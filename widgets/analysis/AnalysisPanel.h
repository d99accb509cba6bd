#pragma once

#include <QDockWidget>

class QTabWidget;

namespace sockeye {

/// The panel below the tabs in which pages sum up what the current one holds: a row of tabs, and the page that was
/// chosen there. A page that sets its window title is called so in the row.
class AnalysisPanel final : public QDockWidget
{
    Q_OBJECT

public:
    explicit AnalysisPanel(QWidget *parent = nullptr);

    /// Takes the page; `id` is what settings call it.
    void addPage(const QString &id, const QString &title, QWidget *page);
    /// The id of the page in front; empty without pages.
    [[nodiscard]] QString currentPage() const;
    /// Does nothing for an id that no page has.
    void setCurrentPage(const QString &id);
    /// Brings the page in front and gives it the focus.
    void focusPage(const QWidget *page);
    void focusPage();
    [[nodiscard]] QTabWidget *tabs() const { return m_tabs; }

Q_SIGNALS:
    void currentPageChanged(const QString &id);
    void hideRequested();
    /// Emitted when Escape is pressed inside, and no page used it.
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QTabWidget *m_tabs;
    QStringList m_ids;
};

} // namespace sockeye
