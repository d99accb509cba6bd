#include "widgets/filter/FilterMenu.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/filter/FilterHelp.h"
#include "widgets/filter/FilterStore.h"
#include "widgets/filter/ManageFiltersDialog.h"
#include "widgets/filter/SaveFilterDialog.h"

#include <QMenu>

namespace sockeye {

namespace {

constexpr int MaxCharacters = 48;

/// A filter as a menu shows it: cut short, and with each & as itself instead of a mnemonic.
QString menuText(QString text)
{
    text = withFewMarks(text);
    if (text.size() > MaxCharacters)
        text = text.first(MaxCharacters - 1) + u'…';
    return withoutMnemonic(text);
}

/// Opens the dialog without waiting for it; it deletes itself when it closes.
void present(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

FilterMenu::FilterMenu(QWidget *parent)
    : IconButton(QStringLiteral("filter"), tr("Filters"), parent)
    , m_menu(new QMenu(this))
{
    setToolTip(tr("Saved and recent filters, and what a filter can say"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    m_menu->setToolTipsVisible(true);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterMenu::fill);
    fill();
}

void FilterMenu::setChoices(const QList<QAction *> &modes, const QList<QAction *> &quiet)
{
    m_modes = modes;
    m_quiet = quiet;
    fill();
}

void FilterMenu::remember(const QString &text)
{
    if (m_settings)
        FilterStore(*m_settings).remember(text);
}

void FilterMenu::addFilter(const QString &text, const QString &filter)
{
    QAction *action = m_menu->addAction(menuText(text));
    action->setToolTip(plainToolTip(filter));
    connect(action, &QAction::triggered, this, [this, filter] { Q_EMIT filterChosen(filter); });
}

void FilterMenu::fill()
{
    m_menu->clear();
    QAction *save = m_menu->addAction(tr("&Save this filter…"));
    save->setEnabled(m_settings && !m_filter.isEmpty());
    connect(save, &QAction::triggered, this, &FilterMenu::save);
    if (m_settings) {
        const QList<SavedFilter> saved = FilterStore(*m_settings).saved();
        QAction *manage = m_menu->addAction(tr("&Manage saved filters…"));
        manage->setEnabled(!saved.isEmpty());
        connect(manage, &QAction::triggered, this, &FilterMenu::manage);
        if (!saved.isEmpty())
            m_menu->addSection(tr("Saved"));
        for (const SavedFilter &filter : saved)
            addFilter(filter.name, filter.text);
        addRecent();
    }
    m_menu->addSeparator();
    m_menu->addActions(m_modes);
    m_menu->addSeparator();
    m_menu->addActions(m_quiet);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&What a filter can say…")), &QAction::triggered, this, &FilterMenu::help);
}

void FilterMenu::addRecent()
{
    const QStringList recent = FilterStore(*m_settings).recent();
    if (recent.isEmpty())
        return;
    m_menu->addSection(tr("Recent"));
    for (const QString &filter : recent)
        addFilter(filter, filter);
    connect(m_menu->addAction(tr("&Forget recent filters")), &QAction::triggered, this,
            [this] { FilterStore(*m_settings).forgetRecent(); });
}

void FilterMenu::save()
{
    present(new SaveFilterDialog(FilterStore(*m_settings), m_filter, window()));
}

void FilterMenu::manage()
{
    present(new ManageFiltersDialog(FilterStore(*m_settings), window()));
}

void FilterMenu::help()
{
    auto *dialog = new FilterHelp(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace sockeye
