// Calls a running service with the client that openapi-generator makes of openapi.yaml.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"golang.org/x/oauth2"
	"siaga"
)

const absent = "01930000-0000-7000-8000-000000000000"

func main() {
	if err := call(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "Go:", err)
		os.Exit(1)
	}
}

// One report, read again, listed, and a refusal.
func call(url, token string) error {
	configuration := siaga.NewConfiguration()
	configuration.Servers = siaga.ServerConfigurations{{URL: url}}
	client := siaga.NewAPIClient(configuration)
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
	with := context.WithValue(context.Background(), siaga.ContextOAuth2, source)

	own := strconv.FormatInt(time.Now().UnixNano(), 10)
	report := siaga.NewIncidentCreate(
		"Dari klien Go (fiktif)", "log_damage", "36", time.Date(2024, 11, 25, 0, 0, 0, 0, time.UTC))
	report.SetExternalSource("klien-go")
	report.SetExternalId(own)
	made, _, err := client.IncidentsAPI.ReportIncident(with).IncidentCreate(*report).Execute()
	if err != nil {
		return said(err)
	}
	read, _, err := client.IncidentsAPI.ReadIncident(with, made.GetId()).Execute()
	if err != nil {
		return said(err)
	}
	if read.GetTitle() != report.GetTitle() {
		return fmt.Errorf("read %q, reported %q", read.GetTitle(), report.GetTitle())
	}
	page, _, err := client.IncidentsAPI.ListIncidents(with).ExternalSource("klien-go").ExternalId(own).Execute()
	if err != nil {
		return said(err)
	}
	if len(page.GetItems()) != 1 || page.GetItems()[0].GetId() != made.GetId() {
		return fmt.Errorf("listed %d", len(page.GetItems()))
	}
	_, answer, err := client.IncidentsAPI.ReadIncident(with, absent).Execute()
	var refused *siaga.GenericOpenAPIError
	if !errors.As(err, &refused) || answer.StatusCode != http.StatusNotFound {
		return fmt.Errorf("an absent record was answered with %v", err)
	}
	problem, typed := refused.Model().(siaga.ProblemDetails)
	if !typed || problem.GetStatus() != http.StatusNotFound {
		return fmt.Errorf("the refusal is no problem: %s", refused.Body())
	}
	fmt.Printf("Go: %s read and listed; 404 is typed\n", made.GetReference())
	return nil
}

// An error with what the service said.
func said(err error) error {
	var refused *siaga.GenericOpenAPIError
	if errors.As(err, &refused) {
		return fmt.Errorf("%w: %s", err, refused.Body())
	}
	return err
}
