#pragma once

#include "library/RecentCaptures.h"
#include "profiles/ProfileStore.h"
#include "widgets/style/StateSign.h"

#include <QHash>
#include <QTreeWidget>

namespace sockeye {

/// Lists profiles in their folders, recent captures, and files that could not be read. Profiles are dragged from folder
/// to folder. Emits what the user wants done, and changes neither profiles nor captures itself.
class ProfilesTree final : public QTreeWidget
{
    Q_OBJECT

public:
    /// A Heading is that of the captures.
    enum class Kind : quint8 { Heading, Folder, Profile, Capture, Problems, Hint };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(Kind)
        IdRole,                      ///< a profile's id, a folder's path (empty for the top level), a capture's path
        MarkRole,                    ///< int(StateSign): how the profile's connections stand
        AgeRole                      ///< QString: what stands beside a capture's title
    };

    explicit ProfilesTree(QWidget *parent = nullptr);

    void showProfiles(const QList<Profile> &profiles, const QList<ProfileStore::Problem> &problems);
    void showCaptures(const QList<RecentCapture> &captures);
    void setMarks(const QHash<QString, StateSign> &marks);
    /// Shows only the items whose name or tool tip contains the text.
    void setSearch(const QString &text);
    /// Selects the profile and, if asked to, begins to edit its name.
    void select(const QString &profileId, bool editName = false);
    /// Likewise a folder.
    void selectFolder(const QString &path, bool editName = false);
    [[nodiscard]] QTreeWidgetItem *findItem(Kind kind, const QString &id) const;

Q_SIGNALS:
    void profileOpened(const QString &id, bool andConnect);
    void profileRenamed(const QString &id, const QString &name);
    void profileMoved(const QString &id, const QString &folder);
    /// Both are whole paths.
    void folderRenamed(const QString &from, const QString &to);
    void duplicateRequested(const QString &id);
    void removeRequested(const QString &id);
    void captureOpened(const QString &path);
    void captureRemoveRequested(const QString &path);
    void problemsRequested();
    void contextMenuRequested(QTreeWidgetItem *item, const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QList<QTreeWidgetItem *> &items) const override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QTreeWidgetItem *addItem(QTreeWidgetItem *parent, Kind kind, const QString &text, const QString &id);
    [[nodiscard]] QTreeWidgetItem *heading(Kind kind, QTreeWidgetItem *parent, const QString &text, const QString &id);
    /// Made with those that it is in, if it is not there yet.
    [[nodiscard]] QTreeWidgetItem *folder(const QString &path);
    void begin(QTreeWidgetItem *item, bool editName);
    void clearSections(bool captures);
    void open(QTreeWidgetItem *item, bool andConnect);
    void takeEdit(QTreeWidgetItem *item);
    void applySearch();
    /// Whether something in the item is found.
    bool applySearch(QTreeWidgetItem *item);
    void keepCollapsed(QTreeWidgetItem *item);

    QTreeWidgetItem *m_recent = nullptr;
    QHash<QString, StateSign> m_marks;
    QSet<QString> m_collapsed;
    QString m_search;
    /// While the program fills the tree, changes of items are not edits of the user's.
    bool m_filling = false;
};

} // namespace sockeye
