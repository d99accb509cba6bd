#include "widgets/composer/ComposerStrip.h"

#include "widgets/controls/SegmentedControl.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace sockeye {

ComposerStrip::ComposerStrip(QWidget *parent)
    : QWidget(parent)
    , m_types(new SegmentedControl(this))
{
    setProperty("strip", u"top"_s);
    setAttribute(Qt::WA_StyledBackground);
    // The Tab key goes through the controls in the order in which they are created.
    addTypes();
    addInvisibles();
    m_options = new QPushButton(tr("Frames…"), this);
    m_info = new QLabel(this);
    m_send = new QPushButton(tr("Send  Ctrl+↵"), this);
    m_options->setCheckable(true);
    m_options->setAutoDefault(false);
    m_options->setProperty("flat", true);
    m_options->setAccessibleName(tr("Frames and control messages"));
    m_options->setToolTip(tr("Send a ping, pong or close; in fragments; compressed or not"));
    m_info->setTextFormat(Qt::PlainText);
    m_info->setProperty("dim", true);
    m_send->setAccessibleName(tr("Send"));
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Gap - 2, theme::Gap - 2, theme::Gap - 2, theme::Gap - 2);
    row->setSpacing(theme::Gap);
    row->addWidget(m_types);
    row->addWidget(m_options);
    row->addWidget(m_invisibles);
    row->addStretch(1);
    row->addWidget(m_info);
    row->addWidget(m_send);

    connect(m_types, &SegmentedControl::currentChanged, this,
            [this](int type) { Q_EMIT typeChanged(static_cast<PayloadType>(type)); });
    connect(m_options, &QPushButton::toggled, this, &ComposerStrip::optionsToggled);
    connect(m_send, &QPushButton::clicked, this, &ComposerStrip::sendClicked);
}

void ComposerStrip::addTypes()
{
    m_types->setAccessibleName(tr("Payload type"));
    const auto add = [this](PayloadType type, const QString &text, const QString &name, const QString &toolTip) {
        m_types->addSegment(static_cast<int>(type), text, name, toolTip);
    };
    add(PayloadType::Text, tr("Text"), tr("Text payload"), tr("Send a text message as typed"));
    add(PayloadType::Json, tr("JSON"), tr("JSON payload"), tr("Send a text message that must be valid JSON"));
    add(PayloadType::Hex, tr("Hex"), tr("Hex payload"), tr("Send a binary message written in hex digits"));
    add(PayloadType::Base64, tr("Base64"), tr("Base64 payload"), tr("Send a binary message written in Base64"));
    add(PayloadType::File, tr("File"), tr("File payload"), tr("Send the content of a file"));
    add(PayloadType::Raw, tr("Raw frame"), tr("Raw frame payload"),
        tr("Send one frame made bit by bit, right or wrong"));
    m_types->finish();
}

void ComposerStrip::addInvisibles()
{
    m_invisibles = new QPushButton(u"¶"_s, this);
    m_invisibles->setCheckable(true);
    m_invisibles->setAutoDefault(false);
    m_invisibles->setProperty("flat", true);
    m_invisibles->setAccessibleName(tr("Show invisible characters"));
    m_invisibles->setToolTip(tr("Mark line endings, tabs, no-break spaces and what has no width"));
    connect(m_invisibles, &QPushButton::toggled, this, &ComposerStrip::invisiblesToggled);
}

void ComposerStrip::setInvisiblesOffered(bool offered)
{
    m_offersInvisibles = offered;
    updateVisible();
}

void ComposerStrip::setType(PayloadType type)
{
    m_types->setCurrent(static_cast<int>(type));
}

bool ComposerStrip::wantsOptions() const
{
    return m_options->isChecked();
}

void ComposerStrip::setOptionsOffered(bool offered)
{
    m_offersOptions = offered;
    updateVisible();
}

void ComposerStrip::setFolded(bool folded)
{
    m_isFolded = folded;
    // A click must not bring the focus here while that would unfold the line, and move Send away under the pointer.
    m_send->setFocusPolicy(folded ? Qt::TabFocus : Qt::StrongFocus);
    updateVisible();
}

void ComposerStrip::updateVisible()
{
    m_types->setVisible(!m_isFolded);
    m_info->setVisible(!m_isFolded);
    m_options->setVisible(!m_isFolded && m_offersOptions);
    m_invisibles->setVisible(!m_isFolded && m_offersInvisibles);
}

void ComposerStrip::setInfo(const QString &text, bool isWarning)
{
    m_info->setText(text);
    setStyleRole(m_info, "error", isWarning);
    setStyleRole(m_info, "dim", !isWarning);
}

void ComposerStrip::setSend(bool enabled, const QString &toolTip)
{
    m_send->setEnabled(enabled);
    m_send->setToolTip(toolTip);
}

} // namespace sockeye
