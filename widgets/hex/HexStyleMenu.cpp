#include "widgets/hex/HexStyleMenu.h"

#include "widgets/hex/HexStyles.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace sockeye {

namespace {

struct HexStyleWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::HexStyleMenu)
};

/// Choices of which one holds: those of a member of the style.
template<typename T>
class StyleChoices final
{
public:
    StyleChoices(QMenu &menu, const QString &title, T HexStyle::*member)
        : m_menu(menu.addMenu(title))
        , m_group(new QActionGroup(m_menu))
        , m_member(member)
    {
    }

    void add(const QString &text, T value)
    {
        QAction *action = m_menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(HexStyles::shared().style().*m_member == value);
        action->setActionGroup(m_group);
        QObject::connect(action, &QAction::triggered, m_menu, [member = m_member, value] {
            HexStyle style = HexStyles::shared().style();
            style.*member = value;
            HexStyles::shared().setStyle(style);
        });
    }

private:
    QMenu *m_menu;
    QActionGroup *m_group;
    T HexStyle::*m_member;
};

void addSwitch(QMenu &menu, const QString &text, bool HexStyle::*member)
{
    QAction *action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(HexStyles::shared().style().*member);
    QObject::connect(action, &QAction::toggled, &menu, [member](bool on) {
        HexStyle style = HexStyles::shared().style();
        style.*member = on;
        HexStyles::shared().setStyle(style);
    });
}

} // namespace

void addHexStyles(QMenu &menu)
{
    using Words = HexStyleWords;
    StyleChoices<int> rows(menu, Words::tr("Bytes a &row"), &HexStyle::bytesPerRow);
    rows.add(Words::tr("As they &fit"), 0);
    for (const int length : HexStyle::rowLengths)
        rows.add(QString::number(length), length);
    StyleChoices<int> groups(menu, Words::tr("Gr&oups"), &HexStyle::groupSize);
    for (const int size : HexStyle::groupSizes)
        groups.add(size == 1 ? Words::tr("Single bytes") : Words::tr("%1 bytes").arg(size), size);
    using Notation = HexStyle::Notation;
    StyleChoices<Notation> notations(menu, Words::tr("&Notation"), &HexStyle::notation);
    notations.add(Words::tr("&Hex"), Notation::Hex);
    notations.add(Words::tr("&Decimal"), Notation::Decimal);
    notations.add(Words::tr("&Octal"), Notation::Octal);
    notations.add(Words::tr("&Binary"), Notation::Binary);
    using Coloring = HexStyle::Coloring;
    StyleChoices<Coloring> colorings(menu, Words::tr("Co&lours"), &HexStyle::coloring);
    colorings.add(Words::tr("By &field"), Coloring::Field);
    colorings.add(Words::tr("By &class of byte"), Coloring::Class);
    colorings.add(Words::tr("N&one"), Coloring::None);
    addSwitch(menu, Words::tr("&Upper case"), &HexStyle::isUpperCase);
    addSwitch(menu, Words::tr("&Decimal offsets"), &HexStyle::hasDecimalOffsets);
}

} // namespace sockeye
