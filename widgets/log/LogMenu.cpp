#include "widgets/log/LogMenu.h"

#include "reading/Annotations.h"
#include "record/Annotation.h"
#include "widgets/log/LogCommands.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QActionGroup>

using namespace Qt::StringLiterals;

namespace sockeye {

LogMenu::LogMenu(LogCommands &commands, QWidget *parent)
    : QMenu(parent)
    , m_commands(commands)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setToolTipsVisible(true);
    addCopies();
    addSeparator();
    addAnnotations();
    addSeparator();
    addFilters();
    addSeparator();
    addMore();
}

QAction *LogMenu::add(QMenu *menu, const QString &text, std::function<void()> call)
{
    QAction *action = menu->addAction(text);
    connect(action, &QAction::triggered, &m_commands, [call = std::move(call)] { call(); });
    return action;
}

void LogMenu::addCopies()
{
    const bool any = m_commands.selectedCount() > 0;
    const auto addCopy = [this, any](QMenu *menu, const QString &text, CopyFormat format) {
        QAction *action = add(menu, text, [commands = &m_commands, format] { commands->copy(format); });
        action->setEnabled(any);
        return action;
    };
    QAction *rows = addCopy(this, tr("Copy rows"), CopyFormat::Rows);
    rows->setIcon(icons::get(u"copy"_s, palette()));
    rows->setShortcut(QKeySequence::Copy);
    QMenu *as = addMenu(tr("Copy as"));
    as->setEnabled(any);
    addCopy(as, tr("Text"), CopyFormat::Text);
    addCopy(as, tr("Hex"), CopyFormat::Hex);
    addCopy(as, tr("JSON Lines"), CopyFormat::JsonLines);
    addCopy(as, tr("Markdown table"), CopyFormat::Markdown);
}

void LogMenu::addAnnotations()
{
    const bool any = m_commands.annotations() && m_commands.selectedCount() > 0;
    QAction *bookmark = add(this, m_commands.isBookmarked() ? tr("Remove bookmark") : tr("Bookmark"),
                            [commands = &m_commands] { commands->toggleBookmark(); });
    bookmark->setShortcut(Qt::CTRL | Qt::Key_F2);
    bookmark->setEnabled(any);

    QMenu *colours = addMenu(tr("Colour"));
    colours->setEnabled(any);
    const Entry *entry = m_commands.current();
    const Annotation *now = entry && any ? m_commands.annotations()->find(entry->id) : nullptr;
    auto *group = new QActionGroup(colours);
    for (int colour = 0; colour <= Annotation::ColourCount; ++colour) {
        QAction *action = add(colours, colour == 0 ? tr("None") : theme::tintName(colour),
                              [commands = &m_commands, colour] { commands->setColour(colour); });
        if (colour > 0)
            action->setIcon(icons::dot(theme::colors(palette()).tintBars.at(static_cast<size_t>(colour - 1))));
        action->setCheckable(true);
        action->setChecked(colour == (now ? now->colour : 0));
        group->addAction(action);
    }
    const bool hasNote = now && !now->note.isEmpty();
    add(this, hasNote ? tr("Edit note…") : tr("Add note…"), [commands = &m_commands] {
        commands->editNote();
    })->setEnabled(any);
}

void LogMenu::addFilters()
{
    const auto narrow = [this](const QString &text, const QString &filter) {
        add(this, text, [commands = &m_commands, filter] { commands->narrowTo(filter); });
    };
    narrow(tr("Show received only"), u"dir:in"_s);
    narrow(tr("Show sent only"), u"dir:out"_s);
    if (const Entry *entry = m_commands.current()) {
        const QString kind = kindName(entry->kind);
        narrow(tr("Show connection %1 only").arg(entry->connection.value()),
               u"conn:%1"_s.arg(entry->connection.value()));
        narrow(tr("Show %1 only").arg(logtext::kind(entry->kind)), u"type:"_s + kind);
        add(this, tr("Leave out %1").arg(logtext::kind(entry->kind)),
            [commands = &m_commands, kind] { commands->narrowBy(u"-type:"_s + kind); });
    }
    narrow(tr("Show all"), {});
}

void LogMenu::addMore()
{
    QAction *measure =
        add(this, tr("Measure time from here"), [commands = &m_commands] { commands->measureFromHere(); });
    measure->setToolTip(tr("The delta column counts from this entry"));
    measure->setEnabled(m_commands.current());
    QAction *again = add(this, tr("Send again"), [commands = &m_commands] { commands->sendAgain(); });
    again->setIcon(icons::get(u"send"_s, palette()));
    const bool isSendable = m_commands.isSendable();
    again->setEnabled(m_commands.canSend() && isSendable);
    again->setToolTip(!m_commands.canSend() ? tr("Not connected. Connect first (F5).")
                      : isSendable          ? tr("Send what is selected once more, byte for byte")
                                            : tr("Only text, binary, ping and pong can be sent again."));
}

} // namespace sockeye
