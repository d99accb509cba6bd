#pragma once

#include <QObject>
#include <QPointer>

class QMenu;
class QPoint;

namespace sockeye {

class DocumentTab;
class DocumentTabs;
class Documents;
class TabRenamer;

/// What can be done with one tab: its context menu, opened by a right click or the menu key.
class TabMenu final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    TabMenu(Documents &documents, DocumentTabs &tabs, QObject *parent = nullptr);

private:
    void popup(QWidget *page, QPoint at);
    void addClosing(QMenu &menu, DocumentTab *tab);
    void rename(DocumentTab *tab);

    Documents &m_documents;
    DocumentTabs &m_tabs;
    TabRenamer *m_renamer;
    QPointer<DocumentTab> m_renamed;
};

} // namespace sockeye
