#include "widgets/preferences/AppearancePage.h"

#include "library/Settings.h"
#include "widgets/controls/Describe.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/preferences/ThemeChoice.h"
#include "widgets/style/DataFont.h"
#include "widgets/style/InterfaceFont.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sockeye {

using theme::Scheme;

AppearancePage::AppearancePage(Settings &settings, ThemeChoice &theme, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addTheme();
    addInterfaceFont();
    addFont();
}

void AppearancePage::addTheme()
{
    auto *schemes = new QComboBox(this);
    schemes->addItem(tr("Like the desktop"), static_cast<int>(Scheme::System));
    schemes->addItem(tr("Light"), static_cast<int>(Scheme::Light));
    schemes->addItem(tr("Dark"), static_cast<int>(Scheme::Dark));
    schemes->setCurrentIndex(schemes->findData(static_cast<int>(m_theme.scheme())));
    schemes->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(schemes, tr("Theme"), tr("The colours of the window"));
    m_form->addRow(tr("&Theme"), schemes);
    connect(schemes, &QComboBox::currentIndexChanged, this,
            [this, schemes] { m_theme.choose(static_cast<Scheme>(schemes->currentData().toInt())); });
}

void AppearancePage::addInterfaceFont()
{
    m_interfaceFont = new QComboBox(this);
    m_interfaceFont->addItem(tr("The system's font"), QString());
    const QStringList families = QFontDatabase::families();
    for (const QString &family : families) {
        if (!QFontDatabase::isPrivateFamily(family))
            m_interfaceFont->addItem(family, family);
    }
    m_interfaceFont->setCurrentIndex(
        qMax(0, m_interfaceFont->findData(m_settings.value(Settings::Key::InterfaceFont).toString())));
    m_interfaceFont->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(m_interfaceFont, tr("Font of the window"), tr("What menus, buttons and labels are shown in"));
    m_interfaceSize = new QSpinBox(this);
    // The lowest value stands for the system's size.
    m_interfaceSize->setRange(theme::SmallestInterfaceSize - 1, theme::LargestInterfaceSize);
    m_interfaceSize->setSpecialValueText(tr("The system's size"));
    m_interfaceSize->setSuffix(tr(" pt"));
    m_interfaceSize->setValue(m_settings.value(Settings::Key::InterfaceFontSize).toInt());
    m_interfaceSize->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(m_interfaceSize, tr("Size of the window's font"), tr("How large all text is; the log zooms by itself"));
    m_form->addRow(tr("&Font of the window"), m_interfaceFont);
    m_form->addRow(tr("Its &size"), m_interfaceSize, tr("Data is as large, but for the zoom of the log."));
    connect(m_interfaceFont, &QComboBox::currentIndexChanged, this, &AppearancePage::chooseInterfaceFont);
    connect(m_interfaceSize, &QSpinBox::valueChanged, this, &AppearancePage::chooseInterfaceFont);
}

void AppearancePage::chooseInterfaceFont()
{
    const QString family = m_interfaceFont->currentData().toString();
    const int size = m_interfaceSize->value() < theme::SmallestInterfaceSize ? 0 : m_interfaceSize->value();
    m_settings.setValue(Settings::Key::InterfaceFont, family);
    m_settings.setValue(Settings::Key::InterfaceFontSize, size);
    theme::setInterfaceFont(family, size);
    // Which brings it to the widgets, and the sizes of the style sheet with it.
    m_theme.apply();
}

void AppearancePage::addFont()
{
    m_font = new QComboBox(this);
    m_font->addItem(tr("The system's fixed font"), QString());
    const QStringList families = QFontDatabase::families();
    for (const QString &family : families) {
        if (QFontDatabase::isFixedPitch(family) && !QFontDatabase::isPrivateFamily(family))
            m_font->addItem(family, family);
    }
    m_font->setCurrentIndex(qMax(0, m_font->findData(theme::dataFamily())));
    m_font->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(m_font, tr("Font of data"), tr("What messages, URLs and bytes are shown in"));
    m_sample = new QLabel(QStringLiteral("0O 1lI {\"price\": 143.86} 7f ff"), this);
    m_sample->setAccessibleName(tr("Sample of the font"));
    m_sample->setTextFormat(Qt::PlainText);
    m_sample->setFont(theme::dataFont());
    m_form->addRow(tr("Font of &data"), m_font, tr("Its size in the log: View > Zoom in, Zoom out."));
    m_form->addRow({}, m_sample);
    connect(m_font, &QComboBox::currentIndexChanged, this, &AppearancePage::chooseFont);
}

void AppearancePage::chooseFont()
{
    const QString family = m_font->currentData().toString();
    m_settings.setValue(Settings::Key::DataFont, family);
    theme::setDataFamily(family);
    m_sample->setFont(theme::dataFont());
}

} // namespace sockeye
