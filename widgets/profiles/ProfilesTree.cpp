#include "widgets/profiles/ProfilesTree.h"

#include "secrets/SecretMasker.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/library/RecentNames.h"
#include "widgets/profiles/ProfilesDelegate.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScopedValueRollback>

namespace sockeye {
namespace {

/// Holds a profile's id.
const QString MimeType = QStringLiteral("application/x-sockeye-profile");

ProfilesTree::Kind kindOf(const QTreeWidgetItem *item)
{
    return static_cast<ProfilesTree::Kind>(item->data(0, ProfilesTree::KindRole).toInt());
}

QString idOf(const QTreeWidgetItem *item)
{
    return item->data(0, ProfilesTree::IdRole).toString();
}

bool isHeading(const QTreeWidgetItem *item)
{
    return kindOf(item) == ProfilesTree::Kind::Heading || kindOf(item) == ProfilesTree::Kind::Folder;
}

/// Where a profile goes that is dropped on the item; null for nowhere.
const QTreeWidgetItem *folderAt(const QTreeWidgetItem *item)
{
    const QTreeWidgetItem *folder = item && kindOf(item) == ProfilesTree::Kind::Profile ? item->parent() : item;
    return folder && kindOf(folder) == ProfilesTree::Kind::Folder ? folder : nullptr;
}

QString wordOf(StateSign mark)
{
    switch (mark) {
    case StateSign::Busy:
        return ProfilesTree::tr("connecting");
    case StateSign::Open:
        return ProfilesTree::tr("open");
    case StateSign::Interrupted:
        return ProfilesTree::tr("interrupted");
    case StateSign::Failed:
        return ProfilesTree::tr("failed");
    case StateSign::Idle:
        break;
    }
    return {};
}

void setMark(QTreeWidgetItem *item, StateSign mark)
{
    item->setData(0, ProfilesTree::MarkRole, int(mark));
    const QString word = wordOf(mark);
    item->setData(0, Qt::AccessibleTextRole,
                  word.isEmpty() ? item->text(0) : ProfilesTree::tr("%1, %2").arg(item->text(0), word));
}

/// Shows no more combining marks of a name than can be laid out; who edits it has all of them.
class NamedItem final : public QTreeWidgetItem
{
public:
    using QTreeWidgetItem::QTreeWidgetItem;

    [[nodiscard]] QVariant data(int column, int role) const override
    {
        const QVariant value = QTreeWidgetItem::data(column, role);
        return role == Qt::DisplayRole ? withFewMarks(value.toString()) : value;
    }
};

} // namespace

ProfilesTree::ProfilesTree(QWidget *parent)
    : QTreeWidget(parent)
{
    setAccessibleName(tr("Profiles and recent captures"));
    setToolTip({});
    setColumnCount(1);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    // The tree has the window's background, not that of a panel.
    setStyleSheet(QStringLiteral("background: transparent; border: none;"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setMouseTracking(true);
    setItemDelegate(new ProfilesDelegate(this));
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(false);
    setAutoExpandDelay(500);
    // A copy for the view: the store moves the profile, and the tree is filled anew.
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem *item) { open(item, false); });
    connect(this, &QTreeWidget::itemChanged, this, &ProfilesTree::takeEdit);
    connect(this, &QTreeWidget::itemExpanded, this, &ProfilesTree::keepCollapsed);
    connect(this, &QTreeWidget::itemCollapsed, this, &ProfilesTree::keepCollapsed);
    connect(this, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem *item) {
        if (isHeading(item))
            item->setExpanded(!item->isExpanded());
    });
}

void ProfilesTree::showProfiles(const QList<Profile> &profiles, const QList<ProfileStore::Problem> &problems)
{
    const QScopedValueRollback filling(m_filling, true);
    const QTreeWidgetItem *before = currentItem();
    const Kind kind = before ? kindOf(before) : Kind::Hint;
    const QString current = before ? idOf(before) : QString();
    clearSections(false);
    for (const Profile &profile : profiles) {
        QTreeWidgetItem *item = addItem(folder(folderPath(profile.folder)), Kind::Profile, profile.name, profile.id);
        item->setToolTip(0, plainToolTip(maskSecretsInUrl(profile.endpoint.url)));
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        setMark(item, m_marks.value(profile.id, StateSign::Idle));
    }
    if (profiles.isEmpty())
        addItem(folder({}), Kind::Hint, tr("No profiles yet"), {})
            ->setToolTip(0, tr("Save a tab's connection with Ctrl+Shift+P, and it can be opened here again."));
    if (!problems.isEmpty()) {
        QTreeWidgetItem *item = addItem(nullptr, Kind::Problems, {}, {});
        item->setText(0, problems.size() == 1 ? tr("⚠ 1 file could not be read")
                                              : tr("⚠ %1 files could not be read").arg(problems.size()));
        item->setToolTip(0, tr("Double click to see why"));
    }
    if (kind == Kind::Profile)
        select(current);
    else if (kind == Kind::Folder)
        selectFolder(current);
    applySearch();
}

void ProfilesTree::showCaptures(const QList<RecentCapture> &captures)
{
    const QScopedValueRollback filling(m_filling, true);
    const QString current = currentItem() && kindOf(currentItem()) == Kind::Capture ? idOf(currentItem()) : QString();
    clearSections(true);
    if (captures.isEmpty())
        return;
    const QList<RecentName> names = recentNames(captures, QDateTime::currentDateTime());
    m_recent = heading(Kind::Heading, nullptr, tr("Recent"), tr("Recent"));
    for (qsizetype i = 0; i < captures.size(); ++i) {
        const RecentCapture &capture = captures.at(i);
        const RecentName &name = names.at(i);
        QTreeWidgetItem *item = addItem(m_recent, Kind::Capture, capture.item.title, capture.item.path);
        item->setData(0, AgeRole, name.text());
        item->setData(0, Qt::AccessibleTextRole,
                      name.count.isEmpty() ? tr("%1, %2").arg(capture.item.title, name.when)
                                           : tr("%1, entries: %2, %3").arg(capture.item.title, name.count, name.when));
        const QString when = QLocale().toString(capture.item.modified, QLocale::ShortFormat);
        item->setToolTip(
            0,
            plainToolTip(tr("%1\n%2: %3").arg(QDir::toNativeSeparators(capture.item.path), when, factsText(capture))));
        if (capture.item.path == current)
            setCurrentItem(item);
    }
    applySearch();
}

void ProfilesTree::setMarks(const QHash<QString, StateSign> &marks)
{
    const QScopedValueRollback filling(m_filling, true);
    m_marks = marks;
    for (QTreeWidgetItemIterator it(this); *it; ++it) {
        if (kindOf(*it) == Kind::Profile)
            setMark(*it, m_marks.value(idOf(*it), StateSign::Idle));
    }
}

void ProfilesTree::setSearch(const QString &text)
{
    m_search = text.trimmed();
    applySearch();
}

void ProfilesTree::select(const QString &profileId, bool editName)
{
    begin(findItem(Kind::Profile, profileId), editName);
}

void ProfilesTree::selectFolder(const QString &path, bool editName)
{
    begin(findItem(Kind::Folder, path), editName);
}

void ProfilesTree::begin(QTreeWidgetItem *item, bool editName)
{
    if (!item)
        return;
    setCurrentItem(item);
    scrollToItem(item);
    if (editName)
        editItem(item);
}

QTreeWidgetItem *ProfilesTree::findItem(Kind kind, const QString &id) const
{
    for (QTreeWidgetItemIterator it(const_cast<ProfilesTree *>(this)); *it; ++it) {
        if (kindOf(*it) == kind && idOf(*it) == id)
            return *it;
    }
    return nullptr;
}

void ProfilesTree::keyPressEvent(QKeyEvent *event)
{
    QTreeWidgetItem *item = state() == EditingState ? nullptr : currentItem();
    const Kind kind = item ? kindOf(item) : Kind::Hint;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const bool isProfile = kind == Kind::Profile;
    const bool isNamed = isProfile || (kind == Kind::Folder && !idOf(item).isEmpty());
    if (!item) {
        QTreeWidget::keyPressEvent(event);
    } else if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        open(item, true);
    } else if (plain && event->key() == Qt::Key_F2 && isNamed) {
        editItem(item);
    } else if (plain && event->key() == Qt::Key_Delete && isProfile) {
        Q_EMIT removeRequested(idOf(item));
    } else if (plain && event->key() == Qt::Key_Delete && kind == Kind::Capture) {
        Q_EMIT captureRemoveRequested(idOf(item));
    } else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_D && isProfile) {
        Q_EMIT duplicateRequested(idOf(item));
    } else {
        QTreeWidget::keyPressEvent(event);
    }
}

void ProfilesTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    QTreeWidgetItem *item = byKey ? currentItem() : itemAt(event->pos());
    if (!item)
        return;
    setCurrentItem(item);
    const QPoint at = byKey ? viewport()->mapToGlobal(visualItemRect(item).center()) : event->globalPos();
    Q_EMIT contextMenuRequested(item, at);
}

QStringList ProfilesTree::mimeTypes() const
{
    return {MimeType};
}

QMimeData *ProfilesTree::mimeData(const QList<QTreeWidgetItem *> &items) const
{
    if (items.size() != 1 || kindOf(items.constFirst()) != Kind::Profile)
        return nullptr;
    auto *dragged = new QMimeData;
    dragged->setData(MimeType, idOf(items.constFirst()).toUtf8());
    return dragged;
}

void ProfilesTree::dragMoveEvent(QDragMoveEvent *event)
{
    // Opens folders below and scrolls at the edges.
    QTreeWidget::dragMoveEvent(event);
    const bool canDrop = event->mimeData()->hasFormat(MimeType) && folderAt(itemAt(event->position().toPoint()));
    event->setAccepted(canDrop);
}

void ProfilesTree::dropEvent(QDropEvent *event)
{
    const QTreeWidgetItem *to = folderAt(itemAt(event->position().toPoint()));
    const QString id = QString::fromUtf8(event->mimeData()->data(MimeType));
    const QTreeWidgetItem *profile = id.isEmpty() ? nullptr : findItem(Kind::Profile, id);
    stopAutoScroll();
    setState(NoState);
    if (!to || !profile) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (to != profile->parent())
        Q_EMIT profileMoved(id, idOf(to));
}

void ProfilesTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // The delegate paints the whole row; the style would paint a square selection below the rounded one.
    QStyleOptionViewItem bare = option;
    bare.state &= ~QStyle::State_Selected;
    bare.rect = visualRect(index);
    if (selectionModel()->isSelected(index))
        bare.state |= QStyle::State_Selected;
    bare.state.setFlag(QStyle::State_MouseOver, indexAt(viewport()->mapFromGlobal(QCursor::pos())) == index);
    itemDelegate()->paint(painter, bare, index);
}

QTreeWidgetItem *ProfilesTree::addItem(QTreeWidgetItem *parent, Kind kind, const QString &text, const QString &id)
{
    auto *item = parent ? new NamedItem(parent) : new NamedItem(this);
    item->setData(0, KindRole, int(kind));
    item->setData(0, IdRole, id);
    item->setText(0, text);
    item->setFlags(kind == Kind::Hint ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    if (kind == Kind::Profile)
        item->setFlags(item->flags() | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled);
    if (kind == Kind::Folder)
        item->setFlags(item->flags() | Qt::ItemIsDropEnabled);
    return item;
}

QTreeWidgetItem *ProfilesTree::heading(Kind kind, QTreeWidgetItem *parent, const QString &text, const QString &id)
{
    QTreeWidgetItem *item = addItem(parent, kind, text, id);
    // Recent stays below the profiles, whichever of the two was filled last.
    if (!parent && m_recent && m_recent != item) {
        takeTopLevelItem(indexOfTopLevelItem(item));
        insertTopLevelItem(indexOfTopLevelItem(m_recent), item);
    }
    item->setExpanded(!m_collapsed.contains(id));
    return item;
}

QTreeWidgetItem *ProfilesTree::folder(const QString &path)
{
    if (QTreeWidgetItem *there = findItem(Kind::Folder, path))
        return there;
    if (path.isEmpty())
        return heading(Kind::Folder, nullptr, tr("Saved"), path);
    const qsizetype slash = path.lastIndexOf(u'/');
    QTreeWidgetItem *parent = slash < 0 ? nullptr : folder(path.first(slash));
    QTreeWidgetItem *item = heading(Kind::Folder, parent, path.sliced(slash + 1), path);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    return item;
}

void ProfilesTree::clearSections(bool captures)
{
    for (int i = topLevelItemCount() - 1; i >= 0; --i) {
        if ((topLevelItem(i) == m_recent) == captures)
            delete takeTopLevelItem(i);
    }
    if (captures)
        m_recent = nullptr;
}

void ProfilesTree::open(QTreeWidgetItem *item, bool andConnect)
{
    switch (kindOf(item)) {
    case Kind::Profile:
        Q_EMIT profileOpened(idOf(item), andConnect);
        break;
    case Kind::Capture:
        Q_EMIT captureOpened(idOf(item));
        break;
    case Kind::Problems:
        Q_EMIT problemsRequested();
        break;
    case Kind::Heading:
    case Kind::Folder:
        // A double click has done it already.
        if (andConnect)
            item->setExpanded(!item->isExpanded());
        break;
    case Kind::Hint:
        break;
    }
}

void ProfilesTree::takeEdit(QTreeWidgetItem *item)
{
    if (!m_filling && kindOf(item) == Kind::Profile)
        Q_EMIT profileRenamed(idOf(item), item->data(0, Qt::EditRole).toString());
    if (m_filling || kindOf(item) != Kind::Folder)
        return;
    const QString path = idOf(item);
    Q_EMIT folderRenamed(path, path.first(path.lastIndexOf(u'/') + 1) + item->data(0, Qt::EditRole).toString());
}

void ProfilesTree::applySearch()
{
    for (int i = 0; i < topLevelItemCount(); ++i)
        applySearch(topLevelItem(i));
}

bool ProfilesTree::applySearch(QTreeWidgetItem *item)
{
    bool isFound = kindOf(item) == Kind::Problems;
    if (isHeading(item)) {
        for (int i = 0; i < item->childCount(); ++i)
            isFound = applySearch(item->child(i)) || isFound;
    } else if (!isFound) {
        isFound = m_search.isEmpty() || item->text(0).contains(m_search, Qt::CaseInsensitive) ||
                  item->toolTip(0).contains(m_search, Qt::CaseInsensitive);
    }
    item->setHidden(!isFound);
    return isFound;
}

void ProfilesTree::keepCollapsed(QTreeWidgetItem *item)
{
    if (m_filling)
        return;
    if (item->isExpanded())
        m_collapsed.remove(idOf(item));
    else
        m_collapsed.insert(idOf(item));
}

} // namespace sockeye
