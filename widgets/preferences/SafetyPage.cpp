#include "widgets/preferences/SafetyPage.h"

#include "library/Settings.h"
#include "widgets/controls/Describe.h"
#include "widgets/dialogs/SecretNamesDialog.h"
#include "widgets/options/OptionsForm.h"

#include <QCheckBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

SafetyPage::SafetyPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addQuestions();
    addSecrets();
}

void SafetyPage::addQuestions()
{
    m_form->addHeading(tr("Questions"));
    auto *closing = new QCheckBox(tr("&Ask before an open connection is closed with its tab or the window"), this);
    closing->setChecked(m_settings.value(Settings::Key::ConfirmClosing).toBool());
    describe(closing, tr("Ask before closing"),
             tr("What was recorded stays in either case; what is deleted for good is always asked for"));
    m_form->addRow({}, closing);
    connect(closing, &QCheckBox::toggled, this,
            [this](bool on) { m_settings.setValue(Settings::Key::ConfirmClosing, on); });
}

void SafetyPage::addSecrets()
{
    m_form->addHeading(tr("Secrets"));
    auto *names = new QPushButton(tr("&Names of secrets…"), this);
    names->setAutoDefault(false);
    names->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(names, tr("Names of secrets"), tr("Choose whose values are shown and written as ***"));
    m_form->addRow({}, names, tr("Headers, query items, form fields and JSON members whose values are masked."));
    connect(names, &QPushButton::clicked, this, [this] {
        auto *dialog = new SecretNamesDialog(m_settings, window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

} // namespace sockeye
