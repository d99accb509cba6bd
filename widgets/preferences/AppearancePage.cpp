#include "widgets/preferences/AppearancePage.h"

#include "library/Settings.h"
#include "widgets/controls/Describe.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/preferences/ThemeChoice.h"
#include "widgets/style/DataFont.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QLabel>
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
