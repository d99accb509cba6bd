#include "widgets/profiles/ProfilesDock.h"

#include "library/RecentCaptures.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/controls/Prompts.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAbstractButton>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int MaxRecent = 30;
constexpr int PreferredWidth = 220;
/// Ages are shown in minutes.
constexpr std::chrono::minutes AgeInterval{1};

} // namespace

ProfilesDock::ProfilesDock(ProfileStore &store, RecentCaptures &recent, CaptureKeeper &keeper, Prompts &prompts,
                           QWidget *parent)
    : QDockWidget(tr("Profiles"), parent)
    , m_store(store)
    , m_recent(recent)
    , m_keeper(keeper)
    , m_prompts(prompts)
{
    setObjectName(u"profilesDock"_s);
    setAccessibleName(tr("Profiles"));
    setFeatures(QDockWidget::NoDockWidgetFeatures);
    setAllowedAreas(Qt::LeftDockWidgetArea);
    auto *noTitle = new QWidget(this);
    noTitle->setFixedHeight(0);
    setTitleBarWidget(noTitle);

    auto *body = new QWidget(this);
    m_search = new QLineEdit(body);
    m_search->setPlaceholderText(tr("Search profiles"));
    m_search->setAccessibleName(tr("Search profiles"));
    m_search->setToolTip(tr("Show only profiles and captures that hold this text"));
    m_search->setClearButtonEnabled(true);
    if (auto *clear = m_search->findChild<QAbstractButton *>())
        clear->setAccessibleName(tr("Clear search"));
    m_tree = new ProfilesTree(body);
    auto *layout = new QVBoxLayout(body);
    // On the right, the window's separator serves as the margin.
    layout->setContentsMargins(theme::Gap, theme::Gap, 0, theme::Gap);
    layout->setSpacing(theme::Gap / 2);
    layout->addWidget(m_search);
    layout->addWidget(m_tree, 1);
    body->setMinimumWidth(PreferredWidth * 3 / 4);
    setWidget(body);

    connect(m_search, &QLineEdit::textChanged, m_tree, &ProfilesTree::setSearch);
    connect(m_tree, &ProfilesTree::profileOpened, this, &ProfilesDock::profileOpened);
    connect(m_tree, &ProfilesTree::captureOpened, this, &ProfilesDock::captureOpened);
    connect(m_tree, &ProfilesTree::profileRenamed, this, &ProfilesDock::rename);
    connect(m_tree, &ProfilesTree::profileMoved, this, &ProfilesDock::move);
    connect(m_tree, &ProfilesTree::folderRenamed, this, &ProfilesDock::renameFolder);
    connect(m_tree, &ProfilesTree::duplicateRequested, this, &ProfilesDock::duplicate);
    connect(m_tree, &ProfilesTree::removeRequested, this, &ProfilesDock::askRemove);
    connect(m_tree, &ProfilesTree::captureRemoveRequested, this,
            [this](const QString &path) { m_keeper.remove(this, {path}); });
    connect(m_tree, &ProfilesTree::problemsRequested, this, &ProfilesDock::showProblems);
    connect(m_tree, &ProfilesTree::contextMenuRequested, this, &ProfilesDock::showMenu);
    // Queued, because the store changes while the tree still ends an edit of an item that refreshing deletes.
    connect(&m_store, &ProfileStore::changed, this, &ProfilesDock::refreshProfiles, Qt::QueuedConnection);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, this, &ProfilesDock::showRecent);
    ages->start(AgeInterval);
    refreshProfiles();
    connect(&m_recent, &RecentCaptures::changed, this, &ProfilesDock::showRecent);
    showRecent();
}

void ProfilesDock::refreshProfiles()
{
    m_tree->showProfiles(m_store.profiles(), m_store.problems());
}

void ProfilesDock::showRecent()
{
    const QList<RecentCapture> &captures = m_recent.captures();
    m_tree->showCaptures(captures.first(qMin(captures.size(), qsizetype(MaxRecent))));
}

void ProfilesDock::showMenu(QTreeWidgetItem *item, const QPoint &at)
{
    using Kind = ProfilesTree::Kind;
    const auto kind = static_cast<Kind>(item->data(0, ProfilesTree::KindRole).toInt());
    const QString id = item->data(0, ProfilesTree::IdRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString &icon, const QString &text, const QKeySequence &keys, auto slot) {
        QAction *action = menu->addAction(icons::get(icon, palette()), text);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    if (kind == Kind::Profile) {
        add(u"open"_s, tr("Open"), {}, [this, id] { Q_EMIT profileOpened(id, false); });
        add(u"connect"_s, tr("Open and connect"), Qt::Key_Return, [this, id] { Q_EMIT profileOpened(id, true); });
        menu->addSeparator();
        add(u"rename"_s, tr("Rename"), Qt::Key_F2, [this, id] { m_tree->select(id, true); });
        add(u"duplicate"_s, tr("Duplicate"), Qt::CTRL | Qt::Key_D, [this, id] { duplicate(id); });
        addMoves(*menu, id);
        add(u"trash"_s, tr("Delete…"), QKeySequence::Delete, [this, id] { askRemove(id); });
    } else if (kind == Kind::Folder && !id.isEmpty()) {
        add(u"rename"_s, tr("Rename folder"), Qt::Key_F2, [this, id] { m_tree->selectFolder(id, true); });
    } else if (kind == Kind::Capture) {
        add(u"open"_s, tr("Open"), Qt::Key_Return, [this, id] { Q_EMIT captureOpened(id); });
        add(u"folder"_s, tr("Show in folder"), {}, [id] { CaptureKeeper::reveal(id); });
        menu->addSeparator();
        QAction *remove =
            add(u"trash"_s, tr("Delete"), QKeySequence::Delete, [this, id] { m_keeper.remove(this, {id}); });
        remove->setEnabled(!m_keeper.isInUse(id));
    } else if (kind == Kind::Problems) {
        add(u"warning"_s, tr("Show details"), Qt::Key_Return, [this] { showProblems(); });
        add(u"folder"_s, tr("Show in folder"), {},
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_store.directory())); });
    }
    if (menu->isEmpty())
        menu->deleteLater();
    else
        menu->popup(at);
}

/// What a drag does, for the keyboard.
void ProfilesDock::addMoves(QMenu &menu, const QString &id)
{
    const Profile *profile = m_store.find(id);
    if (!profile)
        return;
    const QString here = folderPath(profile->folder);
    QStringList folders{QString()};
    for (const Profile &each : m_store.profiles()) {
        if (const QString folder = folderPath(each.folder); !folders.contains(folder))
            folders += folder;
    }
    QMenu *moves = menu.addMenu(icons::get(u"folder"_s, palette()), tr("Move to"));
    for (const QString &folder : std::as_const(folders)) {
        QAction *action = moves->addAction(folder.isEmpty() ? tr("No folder") : withoutMnemonic(withFewMarks(folder)));
        action->setEnabled(folder != here);
        connect(action, &QAction::triggered, this, [this, id, folder] { move(id, folder); });
    }
    moves->addSeparator();
    connect(moves->addAction(tr("New folder")), &QAction::triggered, this,
            [this, id, folders] { moveToNewFolder(id, folders); });
}

void ProfilesDock::move(const QString &id, const QString &folder)
{
    if (const Result<> moved = m_store.move(id, folder); !moved)
        tell(tr("Cannot move the profile"), moved.error());
    refreshProfiles();
    m_tree->select(id);
}

/// A folder is there as long as something is in it: it begins with the profile, and its name is asked for.
void ProfilesDock::moveToNewFolder(const QString &id, const QStringList &folders)
{
    QString name = tr("New folder");
    for (int n = 2; folders.contains(name); ++n)
        name = tr("New folder %1").arg(n);
    move(id, name);
    // Behind the refresh that the store has caused: it takes what is edited away.
    QMetaObject::invokeMethod(
        this, [this, name] { m_tree->selectFolder(name, true); }, Qt::QueuedConnection);
}

void ProfilesDock::renameFolder(const QString &from, const QString &to)
{
    if (const Result<> renamed = m_store.renameFolder(from, to); !renamed)
        tell(tr("Cannot rename the folder"), renamed.error());
    QMetaObject::invokeMethod(
        this,
        [this, to] {
            refreshProfiles();
            m_tree->selectFolder(folderPath(to));
        },
        Qt::QueuedConnection);
}

void ProfilesDock::rename(const QString &id, const QString &name)
{
    const Result<> renamed = m_store.rename(id, name);
    if (renamed)
        return;
    tell(tr("Cannot rename the profile"), renamed.error());
    QMetaObject::invokeMethod(this, &ProfilesDock::refreshProfiles, Qt::QueuedConnection);
}

void ProfilesDock::duplicate(const QString &id)
{
    const Result<QString> copy = m_store.duplicate(id);
    if (!copy) {
        tell(tr("Cannot duplicate the profile"), copy.error());
        return;
    }
    refreshProfiles();
    m_tree->select(copy.value());
}

void ProfilesDock::askRemove(const QString &id)
{
    const Profile *profile = m_store.find(id);
    if (!profile)
        return;
    const Question question{tr("Delete profile"),
                            tr("Delete the profile “%1”? Its file is removed.").arg(profile->name), tr("Delete")};
    m_prompts.confirm(this, question, [this, id] {
        const Result<> removed = m_store.remove(id);
        if (!removed)
            tell(tr("Cannot delete the profile"), removed.error());
    });
}

void ProfilesDock::showProblems()
{
    QStringList lines;
    for (const ProfileStore::Problem &problem : m_store.problems())
        lines += problem.message;
    m_prompts.tell(this, tr("Profiles that could not be read"),
                   tr("These files are left as they are. Mend or remove them, and they are read at the next start."),
                   lines.join(u'\n'));
}

void ProfilesDock::tell(const QString &title, const Error &error)
{
    m_prompts.tell(this, title, title, error.message);
}

} // namespace sockeye
